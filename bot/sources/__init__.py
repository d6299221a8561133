"""Where quotations come from: the documents' texts, kept on this machine only, and a watch over the pages they were published on."""
