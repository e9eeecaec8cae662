"""Reading: from bytes, a file, standard input or a string to an Article."""
