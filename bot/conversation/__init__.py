"""What a message means and what to answer; knows no platform."""
