namespace Edge.Bundles.Masking;

/// <summary>Kinds of personal data that <see cref="PersonalDataMasker"/> knows.</summary>
public enum PersonalDataKind
{
    /// <summary>Telephone number: Chinese mobile and landline, US style, international with +; also spoken (幺三八零零…).</summary>
    Phone,

    /// <summary>Chinese identity card number (GB 11643: 18 places, the last a check character).</summary>
    IdentityCard,

    /// <summary>Bank card number: 15 to 19 digits with a Luhn check digit, or 16 to 19 that start with UnionPay's 62.</summary>
    BankCard,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Chinese vehicle plate, new-energy ones too.</summary>
    Plate,

    /// <summary>House, building, unit or room number in an address.</summary>
    AddressNumber,
}
