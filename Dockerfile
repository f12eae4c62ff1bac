# One process of the dashboard. compose.yaml runs several of it behind HAProxy.
FROM python:3.11-slim

RUN useradd --create-home --uid 10001 regulars
WORKDIR /app
COPY requirements.txt .
RUN pip install --no-cache-dir --requirement requirements.txt
COPY . .
USER regulars
EXPOSE 8501
HEALTHCHECK --start-period=60s --interval=10s --timeout=5s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["python", "server.py", "--share", "--address", "0.0.0.0", "--port", "8501", "--no-browser"]
