// Everything works without this file; it only makes some pages quicker to use.
"use strict";
