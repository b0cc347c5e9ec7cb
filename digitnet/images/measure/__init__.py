"""What is general of pictures: pieces, running extremes, stroke widths."""
