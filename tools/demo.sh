#!/usr/bin/env bash
# What ./build.sh run shows: a broker and the appliance on loopback ports, a handful of utterances over MQTT, their answers.
# Stays until Ctrl-C; --once ends after the answers. Everything it writes is under out/demo.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

once=false
[ "${1:-}" = --once ] && once=true
work=out/demo bundle=out/demo/bundle
broker_pid="" appliance_pid=""

cleanup() { # the appliance first: it drains and says goodbye through the broker
  trap - EXIT INT TERM
  [ -z "$appliance_pid" ] || { kill -TERM "$appliance_pid" 2>/dev/null || true; wait "$appliance_pid" 2>/dev/null || true; }
  [ -z "$broker_pid" ] || { kill -TERM "$broker_pid" 2>/dev/null || true; wait "$broker_pid" 2>/dev/null || true; }
}
trap cleanup EXIT
trap 'echo; exit 0' INT TERM

fail() { # fail WHAT LOG
  echo "$1; the end of $2:" >&2
  tail -n 15 "$2" >&2
  exit 3
}

free_port() { # free_port FIRST: the first loopback port from FIRST that nobody listens on
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

mqtt_port=$(free_port 11883)
http_port=$(free_port 18080)

# ---- broker ----------------------------------------------------------------------------------------------------
mosquitto=$(command -v mosquitto || echo /usr/sbin/mosquitto)
{
  printf 'listener %s 127.0.0.1\nallow_anonymous true\nuser %s\npersistence_location %s/\n' "$mqtt_port" "$(id -un)" "$PWD/$work"
  cat packaging/mosquitto/edge.conf
} >"$work/mosquitto.conf"
"$mosquitto" -c "$work/mosquitto.conf" >"$work/mosquitto.log" 2>&1 &
broker_pid=$!

# ---- appliance -------------------------------------------------------------------------------------------------
cat >"$work/appliance.json" <<EOF
{
  "Mqtt": { "Port": $mqtt_port },
  "Http": { "Port": $http_port },
  "UncertainCases": { "File": "$work/uncertain.db" }
}
EOF
out/edge-appliance serve --bundle "$bundle" --config "$work/appliance.json" >"$work/appliance.log" 2>&1 &
appliance_pid=$!

# ---- utterances ------------------------------------------------------------------------------------------------
utterances=(
  "帮我查一下订单U2942,怎么还没到,气死我了"
  "你好我想把上周买的那个耳机退款"
  "麻烦把收货地址改成朝阳区建国路88号"
  "我的手机号幺三八零零幺三八零零零,想查一下还剩多少流量"
  "套餐改成每月五十九的那个,谢谢你啊服务真好"
)
out/edge-appliance ask --broker "127.0.0.1:$mqtt_port" --timeout 20 "${utterances[@]}" || {
  kill -0 "$broker_pid" 2>/dev/null || fail "the broker ended" "$work/mosquitto.log"
  kill -0 "$appliance_pid" 2>/dev/null || fail "the appliance ended" "$work/appliance.log"
  fail "no answer came" "$work/appliance.log"
}

$once && exit 0
cat <<EOF
Try more from another terminal:
  mosquitto_sub -p $mqtt_port -t 'edge/analysis/#' -v
  mosquitto_pub -p $mqtt_port -t edge/utterance/line-1 -q 1 -m '我要投诉,快递三天没动静了'
  curl -s http://127.0.0.1:$http_port/analyze -H 'content-type: text/plain' --data '发票开错了'
  out/edge-appliance analyze --bundle $bundle '宽带断网了能不能派人来修'
Logs: $work/appliance.log, $work/mosquitto.log
EOF
echo "Running until Ctrl-C."
wait -n "$broker_pid" "$appliance_pid" || true
kill -0 "$broker_pid" 2>/dev/null || fail "the broker ended" "$work/mosquitto.log"
fail "the appliance ended" "$work/appliance.log"
