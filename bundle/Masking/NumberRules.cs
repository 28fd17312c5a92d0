namespace Edge.Bundles.Masking;

/// <summary>
/// Says which groups of a chain are one personal number: first what its check digit proves, then what its form shows, last what
/// the words beside it say.
/// </summary>
internal static class NumberRules
{
    private const int MostDigits = 21, LeastDigits = 2;

    /// <summary>Adds the personal numbers of a text; places are in the normal form.</summary>
    public static void Find(NormalForm form, List<MaskedItem> items)
    {
        NumberContexts? contexts = null;
        foreach (var chain in DigitChain.Find(form, LeastDigits))
        {
            contexts ??= new NumberContexts(form.Text);
            for (var group = 0; group < chain.Groups.Count - 1;)
                group = Next(form, chain, group, contexts, items);
        }
    }

    // The best number that starts at a group; the group that the next one may start at.
    private static int Next(NormalForm form, DigitChain chain, int group, NumberContexts contexts, List<MaskedItem> items)
    {
        var (best, end) = (default(Verdict), group + 1);
        var context = (NumberContext?)null;
        for (var to = group + 1; to < chain.Groups.Count && chain.Groups[to] - chain.Groups[group] <= MostDigits; to++)
        {
            context ??= contexts.Of(chain.Places[chain.Groups[group]], chain.Places[^1] + 1);
            NumberCandidate candidate = new(form, chain, group, to, context.Value);
            if (Judge(candidate) is { Surety: > 0 } verdict && verdict.Surety >= best.Surety)
                (best, end) = (verdict, to);
        }
        if (best.Surety == 0)
            return group + 1;
        if (best.Kind is { } kind)
            items.Add(Whole(new NumberCandidate(form, chain, group, end, context!.Value), kind, ref end));
        return end;
    }

    private static Verdict Judge(in NumberCandidate candidate)
    {
        if (candidate.Length < 7)
            return Short(candidate);
        var verdict = CardRules.Judge(candidate);
        if (verdict.Surety > 0 || candidate.Context == NumberContext.Order)
            return verdict;
        // Said digit by digit: any piece of a longer number would look like one.
        if (candidate is { IsDigitByDigit: true, IsWhole: false })
            return default;
        verdict = PhoneRules.Judge(candidate);
        if (verdict.Surety > 0 || candidate.IsQuantity)
            return verdict;
        return candidate.Context switch
        {
            NumberContext.Identity => new Verdict(PersonalDataKind.IdentityCard, 40),
            NumberContext.Card when candidate.Length >= 8 && candidate.LettersBefore is not (1 or 2) =>
                new Verdict(PersonalDataKind.BankCard, 40),
            NumberContext.Account when candidate.Length <= 12 => new Verdict(PersonalDataKind.Account, 40),
            _ => default,
        };
    }

    private static Verdict Short(in NumberCandidate candidate) => candidate.Context switch
    {
        _ when candidate.IsQuantity => default,
        NumberContext.CardDetail when candidate.Length is 3 or 4 or 6 => new Verdict(PersonalDataKind.BankCard, 20),
        NumberContext.Extension when candidate.IsWhole => new Verdict(PersonalDataKind.Phone, 20),
        NumberContext.Account when candidate is { IsWhole: true, Length: >= 5 } => new Verdict(PersonalDataKind.Account, 20),
        NumberContext.Identity when candidate is { IsWhole: true, Length: 6 } => new Verdict(PersonalDataKind.IdentityCard, 20),
        _ => default,
    };

    // A plus sign or a bracket before it, an X behind it, an extension: part of the number.
    private static MaskedItem Whole(in NumberCandidate candidate, PersonalDataKind kind, ref int endGroup)
    {
        var (text, start, stop) = (candidate.Form.Text, candidate.Start, candidate.Stop);
        if (kind == PersonalDataKind.IdentityCard && CardRules.CheckCharacterBehind(candidate) is var check and >= 0)
            stop = check + 1;
        if (kind == PersonalDataKind.BankCard && candidate.Length >= 12)
            stop = CardRules.EndOfExpiry(text, stop);
        if (kind == PersonalDataKind.Phone)
        {
            stop = PhoneRules.EndOfExtension(text, stop);
            while (start > 0 && (text[start - 1] is '+' or '(' || (text[start - 1] == ' ' && start > 1 && text[start - 2] == '+')))
                start--;
        }
        while (endGroup < candidate.Chain.Groups.Count - 1 && candidate.Chain.Places[candidate.Chain.Groups[endGroup]] < stop)
            endGroup++;
        return new MaskedItem(kind, start, stop);
    }
}
