"""The only writer. Each action takes what it needs by keyword, is one transaction, raises the data revision and logs one line."""
