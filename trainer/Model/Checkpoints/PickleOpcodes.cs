namespace Edge.Trainer.Model.Checkpoints;

/// <summary>Names of pickle's opcodes (Python's <c>pickletools</c>), for messages: what is refused is refused by name.</summary>
internal static class PickleOpcodes
{
    private static readonly Dictionary<byte, string> Names = Parse(
        "( MARK,. STOP,0 POP,1 POP_MARK,2 DUP,F FLOAT,I INT,J BININT,K BININT1,L LONG,M BININT2,N NONE,P PERSID,Q BINPERSID,R REDUCE," +
        "S STRING,T BINSTRING,U SHORT_BINSTRING,V UNICODE,X BINUNICODE,a APPEND,b BUILD,c GLOBAL,d DICT,} EMPTY_DICT,e APPENDS,g GET," +
        "h BINGET,i INST,j LONG_BINGET,l LIST,] EMPTY_LIST,o OBJ,p PUT,q BINPUT,r LONG_BINPUT,s SETITEM,t TUPLE,) EMPTY_TUPLE," +
        "u SETITEMS,G BINFLOAT,\u0080 PROTO,\u0081 NEWOBJ,\u0082 EXT1,\u0083 EXT2,\u0084 EXT4,\u0085 TUPLE1,\u0086 TUPLE2," +
        "\u0087 TUPLE3,\u0088 NEWTRUE,\u0089 NEWFALSE,\u008a LONG1,\u008b LONG4,B BINBYTES,C SHORT_BINBYTES,\u008c SHORT_BINUNICODE," +
        "\u008d BINUNICODE8,\u008e BINBYTES8,\u008f EMPTY_SET,\u0090 ADDITEMS,\u0091 FROZENSET,\u0092 NEWOBJ_EX,\u0093 STACK_GLOBAL," +
        "\u0094 MEMOIZE,\u0095 FRAME,\u0096 BYTEARRAY8,\u0097 NEXT_BUFFER,\u0098 READONLY_BUFFER");

    /// <summary>Name and code.</summary>
    public static string Describe(byte opcode) => $"{Names.GetValueOrDefault(opcode, "unknown")} (0x{opcode:x2})";

    private static Dictionary<byte, string> Parse(string text) =>
        text.Split(',').ToDictionary(entry => (byte)entry[0], entry => entry[2..]);
}
