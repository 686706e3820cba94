FROM python:3.12-slim
WORKDIR /mercer
COPY . .
# A CPU build of torch is enough here: the language model runs in a container of its own.
RUN pip install --no-cache-dir --extra-index-url https://download.pytorch.org/whl/cpu \
    "torch==2.13.0+cpu" "torchvision==0.28.0+cpu" -e .
EXPOSE 7860
CMD ["python", "app.py", "--host", "0.0.0.0"]
