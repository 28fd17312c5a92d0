using System.Collections.Frozen;

namespace Edge.Bundles.Masking;

/// <summary>
/// Entity labels that name personal data: their spans are masked because the model found them. Case, spaces, hyphens and
/// underscores do not count, and of a label with a path (<c>contact.phone</c>) the last part does. The list is in
/// docs/guide/personal-data.md.
/// </summary>
public static class PersonalLabels
{
    private static readonly FrozenDictionary<string, PersonalDataKind> Kinds = new (PersonalDataKind Kind, string[] Labels)[]
    {
        (PersonalDataKind.Person, ["person", "per", "name", "personname", "fullname", "firstname", "lastname", "givenname", "familyname",
            "surname",
            "username", "customername", "contactname", "contactperson", "recipient", "recipientname", "姓名", "人名", "名字", "姓氏", "联系人",
            "收件人", "收货人", "客户姓名", "用户姓名"]),
        (PersonalDataKind.Phone, ["phone", "phonenumber", "phoneno", "tel", "telephone", "telephonenumber", "mobile", "mobilephone",
            "mobilenumber", "cell",
            "cellphone", "contactnumber", "fax", "电话", "电话号码", "手机", "手机号", "手机号码", "座机", "联系电话", "联系方式"]),
        (PersonalDataKind.Address, ["address", "addr", "homeaddress", "streetaddress", "deliveryaddress", "shippingaddress", "street",
            "streetname",
            "housenumber", "postcode", "zipcode", "地址", "住址", "家庭住址", "详细地址", "收货地址", "收件地址", "街道", "门牌号", "邮编"]),
        (PersonalDataKind.IdentityCard, ["id", "idcard", "idnumber", "idno", "identity", "identitycard", "identitynumber", "nationalid",
            "ssn", "passport",
            "passportnumber", "driverslicense", "driverlicense", "身份证", "身份证号", "身份证号码", "证件", "证件号", "证件号码", "护照", "护照号", "驾驶证", "驾照"]),
        (PersonalDataKind.BankCard, ["bankcard", "bankcardnumber", "card", "cardnumber", "cardno", "creditcard", "creditcardnumber",
            "debitcard", "bankaccount",
            "accountnumber", "iban", "cvv", "银行卡", "银行卡号", "卡号", "信用卡", "信用卡号", "账号", "银行账号"]),
        (PersonalDataKind.Email, ["email", "emailaddress", "mail", "mailbox", "邮箱", "电子邮箱", "电子邮件", "邮箱地址", "邮件地址"]),
        (PersonalDataKind.Plate, ["plate", "platenumber", "licenseplate", "licenceplate", "carplate", "车牌", "车牌号", "车牌号码"]),
        (PersonalDataKind.Account, ["wechat", "wechatid", "weixin", "qq", "qqnumber", "微信", "微信号", "qq号"]),
        (PersonalDataKind.BirthDate, ["birthday", "birthdate", "dateofbirth", "dob", "生日", "出生日期", "出生年月"]),
    }.SelectMany(kind => kind.Labels.Select(label => (label, kind.Kind))).ToFrozenDictionary(pair => pair.label, pair => pair.Kind);

    /// <summary>All labels of the list, as they are compared.</summary>
    public static IEnumerable<string> All => Kinds.Keys;

    /// <summary>What a label names; null where it names nothing personal.</summary>
    public static PersonalDataKind? KindOf(string label)
    {
        var last = label[(label.LastIndexOfAny(['.', '/', ':']) + 1)..];
        return Kinds.TryGetValue(string.Concat(last.Where(char.IsLetterOrDigit)).ToLowerInvariant(), out var kind) ? kind : null;
    }
}
