"""How the dashboard is served: sessions that end when their readers have left, and what a request may ask for."""
