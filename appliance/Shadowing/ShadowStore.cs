using System.Globalization;
using Edge.Appliance.Configuration;
using Edge.Appliance.UncertainCases;
using Microsoft.Data.Sqlite;

namespace Edge.Appliance.Shadowing;

/// <summary>
/// What a candidate would change, in the tables beside the uncertain cases: counts by head, what became what, and a random sample of the
/// utterances on which the two differ. The file is opened for each write, which is rare, so that a moved file is no matter.
/// </summary>
internal sealed class ShadowStore(UncertainCaseOptions options, Random random)
{
    /// <summary>Most utterances kept of a candidate beside a serving bundle; a uniform sample of all that differed (reservoir).</summary>
    public const int MostCases = 1000;

    /// <summary>Adds what was counted, and the cases where cases are kept at all.</summary>
    /// <exception cref="SqliteException">The file cannot be written.</exception>
    public void Add(ShadowPair pair, ShadowTally tally, IReadOnlyList<ShadowCase> cases, DateTimeOffset now)
    {
        using var connection = CaseDatabase.Open(Path.GetFullPath(options.File));
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;

        Run(command, "DELETE FROM shadow_case WHERE candidate <> $candidate AND candidate <> $served", pair);
        var differed = Convert.ToInt64(Scalar(command,
            "SELECT coalesce((SELECT differing FROM shadow WHERE candidate = $candidate AND served = $served), 0)", pair),
            CultureInfo.InvariantCulture);
        Run(command,
            """
            INSERT INTO shadow (candidate, served, compared, differing, since, until)
            VALUES ($candidate, $served, $compared, $differing, $now, $now)
            ON CONFLICT (candidate, served) DO UPDATE SET
                compared = compared + excluded.compared, differing = differing + excluded.differing, until = excluded.until
            """, pair, ("$compared", tally.Compared), ("$differing", tally.Differing), ("$now", CaseDatabase.Time(now)));
        foreach (var (head, counts) in tally.Heads)
        {
            Run(command,
                """
                INSERT INTO shadow_head (candidate, served, head, compared, agreed, accepted_before, accepted_after)
                VALUES ($candidate, $served, $head, $compared, $agreed, $before, $after)
                ON CONFLICT (candidate, served, head) DO UPDATE SET
                    compared = compared + excluded.compared, agreed = agreed + excluded.agreed,
                    accepted_before = accepted_before + excluded.accepted_before, accepted_after = accepted_after + excluded.accepted_after
                """, pair, ("$head", head), ("$compared", counts.Compared), ("$agreed", counts.Agreed), ("$before", counts.AcceptedBefore),
                ("$after", counts.AcceptedAfter));
        }
        foreach (var ((head, before, after), count) in tally.Confusions)
        {
            Run(command,
                """
                INSERT INTO shadow_confusion (candidate, served, head, before, after, count)
                VALUES ($candidate, $served, $head, $before, $after, $count)
                ON CONFLICT (candidate, served, head, before, after) DO UPDATE SET count = count + excluded.count
                """, pair, ("$head", head), ("$before", before), ("$after", after), ("$count", count));
        }
        if (options.Enabled)
            AddCases(command, pair, cases, differed);
        transaction.Commit();
    }

    // Algorithm R (Vitter 1985): each of the n that differed is among those kept with the same probability.
    private void AddCases(SqliteCommand command, ShadowPair pair, IReadOnlyList<ShadowCase> cases, long differed)
    {
        var kept = Convert.ToInt64(
            Scalar(command, "SELECT count(*) FROM shadow_case WHERE candidate = $candidate AND served = $served", pair),
            CultureInfo.InvariantCulture);
        foreach (var item in cases)
        {
            differed++;
            if (kept >= MostCases)
            {
                if (random.NextInt64(differed) >= MostCases)
                    continue;
                Run(command,
                    """
                    DELETE FROM shadow_case WHERE id =
                        (SELECT id FROM shadow_case WHERE candidate = $candidate AND served = $served ORDER BY id LIMIT 1 OFFSET $place)
                    """, pair, ("$place", random.NextInt64(kept)));
                kept--;
            }
            Run(command,
                """
                INSERT INTO shadow_case (candidate, served, line, utterance_id, text, context, heads, before, after, received_at)
                VALUES ($candidate, $served, $line, $id, $text, $context, $heads, $before, $after, $at)
                """, pair, ("$line", item.Line), ("$id", item.UtteranceId), ("$text", item.Text), ("$context", item.Context),
                ("$heads", string.Join(',', item.Heads)), ("$before", item.Before), ("$after", item.After),
                ("$at", CaseDatabase.Time(item.ReceivedAt)));
            kept++;
        }
    }

    private static void Run(SqliteCommand command, string sql, ShadowPair pair, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        Prepare(command, sql, pair, values);
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteCommand command, string sql, ShadowPair pair)
    {
        Prepare(command, sql, pair, []);
        return command.ExecuteScalar();
    }

    private static void Prepare(SqliteCommand command, string sql, ShadowPair pair, ReadOnlySpan<(string Name, object? Value)> values)
    {
        command.CommandText = sql;
        command.Parameters.Clear();
        command.Parameters.AddWithValue("$candidate", pair.Candidate);
        command.Parameters.AddWithValue("$served", pair.Served);
        foreach (var (name, value) in values)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
    }
}
