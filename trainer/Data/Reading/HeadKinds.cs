using System.Globalization;
using Edge.Bundles.Tasks;

namespace Edge.Trainer.Data.Reading;

/// <summary>Finds out what each head is from all rows of all files, so that one odd row is an error and not a new kind.</summary>
internal static class HeadKinds
{
    /// <summary>Kind by head: the task's, or what most rows say; a head whose values are all <c>[]</c> is left out with a note.</summary>
    public static IReadOnlyDictionary<string, HeadKind> Resolve(
        IEnumerable<RawRow> rows, DataReadOptions options, ICollection<string> notes)
    {
        if (options.Task is { } task) return task.Heads.ToDictionary(head => head.Name, head => head.Kind);
        var votes = new Dictionary<string, Votes>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            foreach (var (head, value) in row.Heads)
            {
                if (!votes.TryGetValue(head, out var vote)) votes.Add(head, vote = new Votes());
                vote.Add(value);
            }
        }

        var kinds = new Dictionary<string, HeadKind>(StringComparer.Ordinal);
        foreach (var (head, vote) in votes)
        {
            if (vote.Winner() is not { } kind)
                notes.Add(
                    $"Head '{head}' is left out: it is [] in every row. Drop the key, or give the head's kind in a task file (--task).");
            else if (kind == HeadKind.Single && options.Map is null && vote.NamesRows)
                notes.Add(
                    $"'{head}' is left out: {vote.Different} of its {vote.Labels} values are different, so it tells rows apart and is no " +
                    $"label. To train on it all the same, name all columns: --map \"text=text,{head}={head},...\".");
            else
                kinds.Add(head, kind);
        }

        return kinds;
    }

    /// <summary>Reads a number as data files write it.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    private sealed class Votes
    {
        // Below this number of values nobody can tell.
        private const int Fewest = 20;

        private readonly int[] _counts = new int[4];
        private int _cells;
        private int _scoreCells;
        private bool _fraction;
        private readonly HashSet<string> _different = new(StringComparer.Ordinal);

        /// <summary>Single values, and how many of them are different.</summary>
        public int Labels { get; private set; }

        public int Different => _different.Count;

        /// <summary>Whether the values are those of a number, a date or a remark of each row, and not of a label.</summary>
        public bool NamesRows => Labels >= Fewest && Different > Labels / 2;

        public void Add(RawValue value)
        {
            if (value.Kind is { } kind) _counts[(int)kind]++;
            else if (value.IsCell) _cells++;
            if (!value.IsCell && value.Kind is not (HeadKind.Single or HeadKind.Score)) return;
            Labels++;
            _different.Add(value.Text);
            var isNumber = TryNumber(value.Text, out var number);
            // pandas writes whole numbers as 0.0 and 1.0 where a column has gaps
            _fraction |= value.Kind != HeadKind.Single && isNumber && number != Math.Floor(number);
            if (value.IsCell && isNumber && number is >= 0 and <= 1) _scoreCells++;
        }

        public HeadKind? Winner()
        {
            // A CSV column is a score where every cell is a number from 0 to 1 and at least one has a fraction; whole numbers alone are
            // labels, in JSON too.
            if (_cells > 0 && _cells > _counts.Sum())
                return _scoreCells == _cells && _fraction ? HeadKind.Score : HeadKind.Single;
            var most = _counts.Max();
            if (most == 0)
                return null;
            var kind = (HeadKind)Array.IndexOf(_counts, most);
            return kind == HeadKind.Score && !_fraction ? HeadKind.Single : kind;
        }
    }
}
