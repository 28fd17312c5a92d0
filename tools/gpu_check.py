"""The measuring part of gpu-check.sh: python3 gpu_check.py BUNDLE OUT. Starts appliances on loopback and asks them over HTTP."""
import http.client
import json
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

bundle, out = sys.argv[1], sys.argv[2]
program, bench = os.environ["EDGE_APPLIANCE"], os.environ["EDGE_BENCH"]
golden = [json.loads(line)["text"] for line in open(os.path.join(bundle, "golden.jsonl"), encoding="utf-8") if line.strip()]
figures, problems = {}, []


class Appliance:
    def __init__(self, *settings, directory=bundle):
        self.folder = tempfile.mkdtemp(prefix="gpu-check-")
        every = ("Mqtt:Enabled=false", "Http:Port=0", "UncertainCases:Enabled=false", f"UncertainCases:File={self.folder}/u.db", *settings)
        self.process = subprocess.Popen(
            [program, "serve", "--bundle", directory, *(word for setting in every for word in ("--set", setting))],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if match := re.search(r"on http://127\.0\.0\.1:(\d+)", line):
                self.port = int(match[1])
                threading.Thread(target=self.process.stdout.read, daemon=True).start()
                return
            print(line, end="")
        raise SystemExit(f"the appliance did not start with {settings}")

    def resident(self):
        return int(re.search(r"VmRSS:\s+(\d+)", open(f"/proc/{self.process.pid}/status").read())[1]) // 1024

    def close(self):
        self.process.terminate()
        code = self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)
        if code != 0:
            problems.append(f"the appliance ended with {code}")


def ask(appliance, texts, together, pause=0.0):
    """Answers and milliseconds of texts, `together` callers at once, each with a connection of its own."""
    waiting, answers, times = queue.SimpleQueue(), [None] * len(texts), []
    for item in enumerate(texts):
        waiting.put(item)

    def caller():
        connection = http.client.HTTPConnection("127.0.0.1", appliance.port, timeout=60)
        while True:
            try:
                place, text = waiting.get_nowait()
            except queue.Empty:
                return
            body = json.dumps({"text": text}).encode()
            start = time.perf_counter()
            while True:
                connection.request("POST", "/analyze", body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                answer = json.loads(response.read())
                if response.status != 503:
                    break
            times.append(1000 * (time.perf_counter() - start))
            answers[place] = answer if response.status == 200 else None
            if pause:
                time.sleep(random.expovariate(1 / pause))

    start = time.perf_counter()
    callers = [threading.Thread(target=caller) for _ in range(together)]
    for thread in callers:
        thread.start()
    for thread in callers:
        thread.join()
    times.sort()
    inside = sorted(answer["latencyMs"] for answer in answers if answer)
    summary = {"p50": times[len(times) // 2], "p99": times[len(times) * 99 // 100], "perSecond": len(texts) / (time.perf_counter() - start),
               "insideP50": inside[len(inside) // 2] if inside else None, "insideP99": inside[len(inside) * 99 // 100] if inside else None}
    return answers, {name: value and round(value, 3) for name, value in summary.items()}


def compare(name, expected, found):
    """Same labels, confidence within 0.01."""
    labels = lost = 0
    largest = 0.0
    for one, other in zip(expected, found):
        if one is None or other is None:
            lost += 1
            continue
        skip = {"id", "confidence", "accepted", "bundle", "latencyMs", "spans", "late"}
        labels += any(one[head] != other.get(head) for head in one if head not in skip)
        largest = max([largest, *(abs(value - other["confidence"][head]) for head, value in one["confidence"].items())])
    figures[f"parity {name}"] = {"utterances": len(expected), "otherLabels": labels, "largestConfidenceDifference": round(largest, 5), "lost": lost}
    if lost or labels or largest > 0.01:
        problems.append(f"{name}: {labels} with other labels, {lost} lost, confidence differs by up to {largest:.4f}")


def device_memory():
    try:
        return subprocess.run(["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader"], capture_output=True, text=True).stdout.split("\n")[0]
    except FileNotFoundError:
        return None


def bucket_times():
    """p50 and p99 by bucket; with graphs, without and with other attention kernels the logits must be the same bit by bit."""
    found = subprocess.run([bench, "gpu", "--bundle", bundle], capture_output=True, text=True)
    if found.returncode not in (0, 1) or not found.stdout:
        problems.append(f"edge-bench gpu ended with {found.returncode}: {found.stderr}")
        return
    figures["buckets"] = json.loads(found.stdout)
    for variant in figures["buckets"]:
        others = [f"{bucket['rows']} x {bucket['length']}" for bucket in variant["buckets"] if not bucket["sameBits"]]
        if others:
            problems.append(f"graphs {variant['graphs']}, sdpa_kernel {variant['attentionKernels']}: other bits in {', '.join(others)}")


def lose_device():
    """A child whose device is lost: what runs after it fails, and the child ends by itself and not by a crash."""
    found = subprocess.run([bench, "gpu", "--bundle", bundle, "--lose-device"], capture_output=True, text=True)
    figures["lost device"] = {"exitCode": found.returncode}
    if found.returncode != 0:
        problems.append(f"a lost device: the child ended with {found.returncode}: {found.stdout}{found.stderr}")
    after = subprocess.run([program, "check", "--bundle", bundle, "--set", "Analysis:Provider=cuda", "--set", "Mqtt:Enabled=false"],
                           capture_output=True, text=True)
    if after.returncode != 0:
        problems.append(f"after a child has lost the device, a check ends with {after.returncode}: {after.stdout}{after.stderr}")


random.seed(1)
texts = [golden[i % len(golden)][: random.randint(4, 60)] if i >= len(golden) else golden[i] for i in range(1000)]
# 2. Right, alone and in batches
processor = Appliance("Analysis:Provider=cpu", "Analysis:Precision=fp32")
expected, figures["cpu fp32, one caller"] = ask(processor, texts, 1)
processor.close()
processor = Appliance("Analysis:Provider=cpu")
_, figures["cpu, one caller"] = ask(processor, texts, 1)
_, figures["cpu, 32 callers"] = ask(processor, texts * 4, 32)
processor.close()
for wait in ("0ms", "0.2ms"):
    gpu = Appliance("Analysis:Provider=cuda", f"Analysis:BatchWait={wait}")
    for together in (1, 8, 32):
        name = f"cuda, wait {wait}, {together} callers"
        found, figures[name] = ask(gpu, texts * (1 if together == 1 else 4), together)
        compare(name, expected * (1 if together == 1 else 4), found)
    # 3. Paced: one each 20 ms and each second, and callers at half load
    _, figures[f"cuda, wait {wait}, one each 20 ms"] = ask(gpu, texts[:200], 1, 0.02)
    _, figures[f"cuda, wait {wait}, 16 callers, each every 20 ms"] = ask(gpu, texts, 16, 0.02)
    if wait == "0ms":
        _, figures["cuda, one each second"] = ask(gpu, texts[:20], 1, 1.0)
        # 4. Memory over many answers
        before = gpu.resident(), device_memory()
        ask(gpu, texts * 50, 32)
        figures["memory"] = {"answers": len(texts) * 50, "residentMB": [before[0], gpu.resident()], "device": [before[1], device_memory()]}
    gpu.close()
# 5. Another bundle under load: the same one under another name, so every answer must come
folder = tempfile.mkdtemp(prefix="gpu-check-swap-")
shutil.copytree(bundle, f"{folder}/b")
os.symlink(bundle, f"{folder}/current")
gpu = Appliance("Analysis:Provider=cuda", directory=f"{folder}/current")
found = []
load = threading.Thread(target=lambda: found.extend(ask(gpu, texts * 10, 8)[0]))
load.start()
for target in (f"{folder}/b", bundle, f"{folder}/b"):
    os.symlink(target, f"{folder}/new")
    os.replace(f"{folder}/new", f"{folder}/current")
    gpu.process.send_signal(1)
    time.sleep(3)
load.join()
compare("changes of the bundle", expected * 10, found)
gpu.close()
shutil.rmtree(folder)
# 6. The model alone, and a device that is lost
bucket_times()
lose_device()

figures["problems"] = problems
with open(os.path.join(out, "gpu-check.json"), "w") as file:
    json.dump(figures, file, indent=2, ensure_ascii=False)
print(json.dumps(figures, indent=2, ensure_ascii=False))
sys.exit(1 if problems else 0)
