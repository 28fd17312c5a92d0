namespace Edge.Bundles.Masking;

/// <summary>Some groups of a chain, looked at as one number.</summary>
internal readonly struct NumberCandidate
{
    /// <summary>Looks at groups of a chain.</summary>
    public NumberCandidate(NormalForm form, DigitChain chain, int firstGroup, int endGroup, NumberContext context)
    {
        (Form, Chain, FirstGroup, EndGroup, Context) = (form, chain, firstGroup, endGroup, context);
        (First, End) = (chain.Groups[firstGroup], chain.Groups[endGroup]);
        (Start, Stop) = (chain.Places[First], chain.Places[End - 1] + 1);
    }

    public NormalForm Form { get; }
    public DigitChain Chain { get; }
    public int FirstGroup { get; }
    public int EndGroup { get; }
    public NumberContext Context { get; }

    /// <summary>First digit of the chain, and one past the last.</summary>
    public int First { get; }
    public int End { get; }

    /// <summary>First character of the normal form, and one past the last.</summary>
    public int Start { get; }
    public int Stop { get; }

    /// <summary>Number of digits.</summary>
    public int Length => End - First;

    /// <summary>Number of groups.</summary>
    public int GroupCount => EndGroup - FirstGroup;

    /// <summary>Whether every digit is a group of its own.</summary>
    public bool IsDigitByDigit => GroupCount == Length;

    /// <summary>Whether this is the whole chain.</summary>
    public bool IsWhole => EndsChain && (FirstGroup == 0 || (FirstGroup == 1 && IsBehindPreposition));

    /// <summary>Whether the chain ends with it.</summary>
    public bool EndsChain => EndGroup == Chain.Groups.Count - 1;

    /// <summary>The digits alone.</summary>
    public ReadOnlySpan<char> Digits => Chain.Digits.AsSpan(First, Length);

    /// <summary>Letters directly before it.</summary>
    public int LettersBefore
    {
        get
        {
            var at = Start;
            while (at > 0 && char.IsAsciiLetter(Form.Text[at - 1]))
                at--;
            return Start - at;
        }
    }

    /// <summary>Whether a letter follows directly.</summary>
    public bool IsGluedBehind => Stop < Form.Text.Length && char.IsAsciiLetter(Form.Text[Stop]);

    /// <summary>Whether a group starts at the digit with this number.</summary>
    public bool StartsGroupAt(int digit) => Chain.Groups.BinarySearch(First + digit) >= 0;

    /// <summary>Whether a unit of measure or money follows, or a currency sign stands before.</summary>
    public bool IsQuantity
    {
        get
        {
            var behind = Form.Text.AsSpan(Stop).TrimStart(' ');
            if (behind.Length > 0 && !behind.StartsWith("分机") && "元块钱件个只次米克斤年月日天分秒%人页字万亿度兆名".Contains(behind[0]))
                return true;
            var before = Form.Text.AsSpan(0, Start).TrimEnd(' ');
            return before.Length > 0 && "$¥￥€£第".Contains(before[^1]);
        }
    }

    /// <summary>Number of signs between the digits that also divide things of a list, or hours and minutes.</summary>
    public int ListSigns
    {
        get
        {
            var count = 0;
            for (var at = Start; at < Stop; at++)
                count += ",:;/|".Contains(Form.Text[at], StringComparison.Ordinal) ? 1 : 0;
            return count;
        }
    }

    /// <summary>Number of digits before the first separator.</summary>
    public int FirstPart
    {
        get
        {
            var count = 1;
            while (count < Length && Chain.Places[First + count] == Start + count)
                count++;
            return count;
        }
    }

    // "for" and "to" are heard as digits.
    private bool IsBehindPreposition
    {
        get
        {
            var unit = Form.Units[Form.UnitOf(Chain.Places[0])];
            return unit.Form == UnitForm.Words
                && Form.Source.AsSpan(unit.Start, unit.End - unit.Start) is var said
                && (said.Equals("four", StringComparison.OrdinalIgnoreCase) || said.Equals("two", StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Whether it may be times of the day: 18:30-19:30.</summary>
    public bool IsTimes
    {
        get
        {
            for (var group = 0; group < GroupCount; group++)
            {
                if (GroupLength(group) > 2)
                    return false;
            }
            return GroupCount < Length && Form.Text.AsSpan(Start, Stop - Start).Contains(':');
        }
    }

    /// <summary>Length of a group.</summary>
    public int GroupLength(int group) => Chain.Groups[FirstGroup + group + 1] - Chain.Groups[FirstGroup + group];

    /// <summary>Whether no digit was written as one (123, １２３): all are Chinese or words.</summary>
    public bool IsSpoken
    {
        get
        {
            for (var i = First; i < End; i++)
            {
                var unit = Form.Units[Form.UnitOf(Chain.Places[i])];
                if (unit.Form == UnitForm.Digit && char.IsDigit(Form.Source, unit.Start))
                    return false;
            }
            return true;
        }
    }
}
