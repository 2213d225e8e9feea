"""What sets the project up and draws its pictures."""
