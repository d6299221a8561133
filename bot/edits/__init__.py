"""What advocates change: pure functions from the files of a moment and a wish to `Changes`. Nothing here reads or writes a disk.

What may not be is an `EditError` that names the field of the form. One noun a module.
"""
