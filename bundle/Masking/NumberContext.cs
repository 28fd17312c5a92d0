namespace Edge.Bundles.Masking;

/// <summary>What the words beside a number say that it is.</summary>
internal enum NumberContext
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An order, a parcel, a ticket: a number of any length and form, and nobody's.</summary>
    Order,

    /// <summary>An amount, a price, a password: a short number, so one with the form of a telephone number is one all the same.</summary>
    Harmless,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An extension.</summary>
    Extension,

    /// <summary>A bank card or account.</summary>
    Card,

    /// <summary>The security code or the expiry date of a card.</summary>
    CardDetail,

    /// <summary>An identity document.</summary>
    Identity,

    /// <summary>An account of a messenger.</summary>
    Account,
}
