using System.Globalization;
using System.Net;
using TorchSharp.Utils;
using TorchSharp.Utils.tensorboard.Enums;

namespace TorchSharp.Modules
{
    /// <summary>Writes what TensorBoard shows. Field numbers are those of tensorflow's event.proto and summary.proto.</summary>
    public class SummaryWriter
    {
        private readonly EventFile _file;
        private readonly Dictionary<string, EventFile> _series = [];

        internal SummaryWriter(string? log_dir, string? filename_suffix)
        {
            LogDir = string.IsNullOrEmpty(log_dir) ? RunName("runs") : log_dir;
            _file = new EventFile(LogDir, filename_suffix);
        }

        public string LogDir { get; }

        public void add_scalar(string tag, float scalar_value, int global_step, long? walltime = null) =>
            _file.Append(Scalar(tag, scalar_value), global_step, walltime);

        public void add_scalars(string main_tag, IDictionary<string, float> tag_scalar_dict, int global_step, long? walltime = null) =>
            add_scalars(main_tag, (IList<(string, float)>)[.. tag_scalar_dict.Select(pair => (pair.Key, pair.Value))], global_step, walltime);

        /// <summary>Each series goes into a folder of its own beside the main file: TensorBoard shows it as a run.</summary>
        public void add_scalars(string main_tag, IList<(string, float)> tag_scalar_dict, int global_step, long? walltime = null)
        {
            foreach (var (key, value) in tag_scalar_dict)
            {
                if (!_series.TryGetValue(key, out var file))
                    _series[key] = file = new EventFile(Path.Combine(LogDir, $"{main_tag}_{key}"), null);
                file.Append(Scalar(main_tag, value), global_step, walltime);
            }
        }

        public void add_histogram(
            string tag, torch.Tensor values, int global_step, HistogramBinSelector bins = HistogramBinSelector.Tensorflow,
            long? walltime = null, long? max_bins = null)
        {
            if (bins != HistogramBinSelector.Tensorflow || max_bins is not null)
                throw new NotSupportedException("The stand-in for TorchSharp has TensorFlow's histogram bins only.");
            _file.Append(new ProtoWriter().Text(1, tag).Message(5, Histogram.Of(values)), global_step, walltime);
        }

        public void add_text(string tag, string text_string, int global_step, long? walltime = null)
        {
            var plugin = new ProtoWriter().Message(1, new ProtoWriter().Text(1, "text"));
            var shape = new ProtoWriter().Message(2, new ProtoWriter().Integer(1, 1));
            const int dtString = 7;
            var tensor = new ProtoWriter().Integer(1, dtString).Message(2, shape).Text(8, text_string);
            _file.Append(new ProtoWriter().Text(1, tag + "/text_summary").Message(8, tensor).Message(9, plugin), global_step, walltime);
        }

        internal static string RunName(string directory)
        {
            var now = DateTime.Now;
            var month = CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames[now.Month - 1];
            return Path.Combine(directory, $"{month}{now.Day}_{now.Hour}-{now.Minute}-{now.Second}_{Dns.GetHostName()}");
        }

        private static ProtoWriter Scalar(string tag, float value) => new ProtoWriter().Text(1, tag).Float(2, value);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static class utils
        {
            public static class tensorboard
            {
                public static Modules.SummaryWriter SummaryWriter(
                    string? log_dir = null, string? filename_suffix = null, bool createRunName = false) =>
                    new(createRunName && !string.IsNullOrEmpty(log_dir) ? Modules.SummaryWriter.RunName(log_dir) : log_dir, filename_suffix);
            }
        }
    }
}
