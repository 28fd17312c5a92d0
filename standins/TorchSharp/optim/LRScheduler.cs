namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimizer's groups; constructors apply the first epoch already.</summary>
            public abstract class LRScheduler
            {
                private readonly Optimizer _optimizer;
                private readonly bool _verbose;
                private readonly List<double> _base;
                private readonly List<double> _last;
                private int _epoch;

                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    _optimizer = optimizer;
                    _verbose = verbose;
                    _epoch = last_epoch;
                    _base = [.. optimizer.ParamGroups.Select(group => group.InitialLearningRate)];
                    _last = [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
                }

                public virtual void step() => step(null);

                public virtual void step(int? epoch)
                {
                    _epoch = epoch ?? _epoch + 1;
                    var i = 0;
                    foreach (var group in _optimizer.ParamGroups)
                    {
                        var rate = RateOf(i, _base[i], _epoch);
                        if (_verbose && rate != _last[i])
                            Console.WriteLine($"Adjusting learning rate to {rate}");
                        group.LearningRate = _last[i] = rate;
                        i++;
                    }
                }

                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _last;

                /// <summary>The rate of a group at an epoch, from the rate that it was made with.</summary>
                private protected abstract double RateOf(int group, double initial, int epoch);
            }
        }
    }
}
