namespace Edge.Bundles.Inference.Batching;

/// <summary>
/// Keeps runs on GPUs and captures apart, in the whole process. While a stream is captured, CUDA forbids calls that it holds to be unsafe
/// in every thread, and does not list them: an allocation is one, and waiting for a stream, which every run does, may be. Such a call
/// fails and spoils the capture. So a run waits for the capture of one bucket, a capture for the runs under way, and they take turns.
/// </summary>
internal static class CaptureGate
{
    private static readonly object Turns = new(); // a Monitor, as Lock cannot wait
    private static int _running;
    private static int _waiting; // runs that the capture holds up
    private static bool _captures;

    /// <summary>Runs what captures nothing; several at once.</summary>
    public static void Run(Action run)
    {
        lock (Turns)
        {
            if (_captures)
            {
                _waiting++;
                while (_captures)
                    Monitor.Wait(Turns);
                _waiting--;
            }
            _running++;
        }
        try
        {
            run();
        }
        finally
        {
            lock (Turns)
            {
                _running--;
                Monitor.PulseAll(Turns);
            }
        }
    }

    /// <summary>Runs what captures, alone, after the runs that the capture before has held up.</summary>
    public static void Capture(Action run)
    {
        lock (Turns)
        {
            while (_captures || _waiting > 0)
                Monitor.Wait(Turns);
            _captures = true;
            while (_running > 0)
                Monitor.Wait(Turns);
        }
        try
        {
            run();
        }
        finally
        {
            lock (Turns)
            {
                _captures = false;
                Monitor.PulseAll(Turns);
            }
        }
    }
}
