namespace Edge.Bundles.Masking;

/// <summary>Kinds of personal data that <see cref="PersonalDataMasker"/> knows.</summary>
public enum PersonalDataKind
{
    /// <summary>Telephone number of any country, its extension included; written or spoken.</summary>
    Phone,

    /// <summary>
    /// Chinese identity card number (GB 11643: 18 places, the last a check character), number of another identity document.
    /// </summary>
    IdentityCard,

    /// <summary>
    /// Bank card number: 15 to 19 digits with a Luhn check digit, or 16 to 19 that start with UnionPay's 62; what is called card or
    /// account number; security code and expiry date.
    /// </summary>
    BankCard,

    /// <summary>E-mail address, written or spelled out.</summary>
    Email,

    /// <summary>Chinese vehicle plate, new-energy ones too.</summary>
    Plate,

    /// <summary>House, building, unit or room number in an address.</summary>
    AddressNumber,

    /// <summary>Account of a messenger: QQ, WeChat.</summary>
    Account,

    /// <summary>Date of birth.</summary>
    BirthDate,

    /// <summary>Name of a person, as the model found it.</summary>
    Person,

    /// <summary>Address, as the model found it.</summary>
    Address,
}
