"""What a trained network is, what it knows of its own answers, and how it is kept."""
