"""Files that hold other files: archives, repositories, exported corpora."""
