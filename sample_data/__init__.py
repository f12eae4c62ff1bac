"""Demo shops in real export layouts, and the script that makes them."""
