"""What is general of pictures: pieces, running extremes, a small copy."""
