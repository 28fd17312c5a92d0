using Edge.Trainer.Common;

namespace Edge.Trainer.Data.Augmentation;

/// <summary>
/// Makes variants of utterances as callers and speech recognition make them. The same utterance, options and random state
/// give the same variant. Thread-safe as long as each thread has its own random numbers.
/// </summary>
internal sealed class Augmenter
{
    private readonly AugmentationOptions _options;
    private readonly EntitySubstitution? _entities;
    private readonly Homophones _homophones;
    private readonly Fillers _fillers;
    private readonly SpokenDigits _digits;
    private readonly NeutralClauses? _clauses;

    /// <param name="options">Which kinds, how often.</param>
    /// <param name="language">Language of the utterances: <c>zh</c> or <c>en</c>, with or without a region; others get only what needs no
    /// word lists.</param>
    /// <param name="training">Where entity values are taken from; empty: entities stay.</param>
    public Augmenter(AugmentationOptions options, string language, IReadOnlyList<LabelledUtterance> training)
    {
        _options = options;
        _entities = training.Count == 0 ? null : new EntitySubstitution(training);
        _homophones = Homophones.For(language);
        _fillers = Fillers.For(language);
        _digits = SpokenDigits.For(language);
        _clauses = options.NeutralClauses == 0 ? null : NeutralClauses.For("clausesBefore", "clausesBehind", language);
    }

    /// <summary>A variant of the utterance, or the utterance itself where nothing was drawn.</summary>
    public LabelledUtterance Augment(LabelledUtterance utterance, SeededRandom random)
    {
        // Kinds that came later draw only where they are on: what others draw for a seed stays as it was.
        if (_entities is not null && random.Chance(_options.EntitySubstitution)) utterance = _entities.Apply(utterance, random);
        if (random.Chance(_options.SpokenDigits)) utterance = _digits.Apply(utterance);
        if (random.Chance(_options.Homophones)) utterance = _homophones.Apply(utterance, random);
        if (random.Chance(_options.DroppedCharacters)) utterance = Characters.DropOne(utterance, random);
        if (random.Chance(_options.DoubledCharacters)) utterance = Characters.DoubleOne(utterance, random);
        if (random.Chance(_options.Fillers)) utterance = _fillers.Apply(utterance, random);
        if (_clauses is not null && random.Chance(_options.NeutralClauses)) utterance = _clauses.Apply(utterance, random);
        if (_options.LostPunctuation > 0 && random.Chance(_options.LostPunctuation)) utterance = Punctuation.Remove(utterance);
        return utterance;
    }
}
