"""Legal bases, reviews of documents, the master list of records, requests to change documents."""
