using System.Numerics;

namespace Edge.Trainer.Model.Checkpoints;

/// <summary>
/// Reads the part of Python's pickle format (protocols 2 to 4) that <c>torch.save</c> needs for a state dict: dictionaries,
/// lists, tuples, texts, numbers, and the few functions that <paramref name="objects"/> knows. Pickle is a program for a stack
/// machine that may call anything; here every opcode and every name that is not needed is refused by name. Nothing is executed.
/// </summary>
/// <param name="input">The pickle.</param>
/// <param name="objects">What the few known functions and storages become.</param>
internal sealed class PickleReader(PickleInput input, TorchObjects objects)
{
    // A state dict takes about forty steps a tensor. The limit keeps a made-up file from filling the memory.
    private const int MostSteps = 1_000_000;

    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<long, object?> _memo = [];
    private readonly Stack<int> _marks = new();

    /// <summary>Reads one pickle up to its end.</summary>
    /// <returns>String, long, double, bool, BigInteger, <c>null</c>, array (tuple), list, dictionary, global or torch object.</returns>
    /// <exception cref="CheckpointException">The pickle is damaged, or holds something that no state dict has.</exception>
    public object? Read()
    {
        for (var step = 0; step < MostSteps; step++)
        {
            var at = input.Position;
            var opcode = input.ReadByte();
            if (opcode == '.')
                return Pop();
            if (!TryValue(opcode) && !TryContainer(opcode) && !TryObject(opcode))
                throw Refuse(at, $"opcode {PickleOpcodes.Describe(opcode)}");
        }
        throw new CheckpointException(input.Place, $"has more than {MostSteps} steps; a state dict of a thousand tensors has 40,000.");
    }

    private bool TryValue(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'N': Push(null); return true;
            case 0x88: Push(true); return true;
            case 0x89: Push(false); return true;
            case (byte)'J': Push((long)input.ReadInt32()); return true;
            case (byte)'K': Push((long)input.ReadByte()); return true;
            case (byte)'M': Push((long)(input.ReadByte() | (input.ReadByte() << 8))); return true;
            case (byte)'G': Push(input.ReadDouble()); return true;
            case 0x8a:
                var number = new BigInteger(input.ReadBytes(input.ReadByte()));
                Push(number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number);
                return true;
            case (byte)'X' or (byte)'T': Push(input.ReadText((uint)input.ReadInt32())); return true;
            case 0x8c or (byte)'U': Push(input.ReadText(input.ReadByte())); return true;
            default: return false;
        }
    }

    private bool TryContainer(byte opcode)
    {
        switch (opcode)
        {
            case (byte)'(':
                _marks.Push(_stack.Count);
                Push(Mark);
                return true;
            case (byte)')': Push(Array.Empty<object?>()); return true;
            case 0x85: Push(PopMany(1)); return true;
            case 0x86: Push(PopMany(2)); return true;
            case 0x87: Push(PopMany(3)); return true;
            case (byte)'t': Push(PopToMark()); return true;
            case (byte)']': Push(new List<object?>()); return true;
            case (byte)'a':
                var item = Pop();
                Top<List<object?>>("a list").Add(item);
                return true;
            case (byte)'e':
                var items = PopToMark();
                Top<List<object?>>("a list").AddRange(items);
                return true;
            case (byte)'}': Push(new PickleDictionary()); return true;
            case (byte)'s': SetItems(PopMany(2)); return true;
            case (byte)'u': SetItems(PopToMark()); return true;
            default: return false;
        }
    }

    private bool TryObject(byte opcode)
    {
        switch (opcode)
        {
            case 0x80:
                if (input.ReadByte() is var protocol and (< 2 or > 4))
                    throw new CheckpointException(input.Place,
                        $"is pickled with protocol {protocol}; 2 to 4 are read. Save it again with torch.save and its default protocol.");
                return true;
            case 0x95: input.ReadInt64(); return true; // a frame's length helps only who reads ahead
            case (byte)'q': _memo[input.ReadByte()] = Peek(); return true;
            case (byte)'r': _memo[(uint)input.ReadInt32()] = Peek(); return true;
            case 0x94: _memo[_memo.Count] = Peek(); return true;
            case (byte)'h': Push(Remembered(input.ReadByte())); return true;
            case (byte)'j': Push(Remembered((uint)input.ReadInt32())); return true;
            case (byte)'c': Push(objects.Find(new PickleGlobal(input.ReadLine(), input.ReadLine()))); return true;
            case 0x93:
                var name = PopMany(2);
                Push(objects.Find(new PickleGlobal(name[0] as string ?? "?", name[1] as string ?? "?")));
                return true;
            case (byte)'R':
                var call = PopMany(2);
                Push(objects.Build(call[0] as PickleGlobal, call[1] as object?[] ?? throw Damaged("a call without arguments")));
                return true;
            case (byte)'Q': Push(objects.Storage(Pop() as object?[] ?? throw Damaged("a storage without description"))); return true;
            case (byte)'b':
                // Attributes of an OrderedDict: PyTorch keeps version numbers of modules there, which say nothing about weights.
                Pop();
                Top<PickleDictionary>("a dictionary");
                return true;
            default: return false;
        }
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
            throw Damaged("a key without value");
        var dictionary = Top<PickleDictionary>("a dictionary");
        for (var i = 0; i < items.Length; i += 2)
            dictionary.Set(items[i], items[i + 1]);
    }

    private void Push(object? value) => _stack.Add(value);

    private object? Peek() => _stack.Count > 0 && _stack[^1] != Mark ? _stack[^1] : throw Damaged("an empty stack");

    private object? Pop()
    {
        var value = Peek();
        _stack.RemoveAt(_stack.Count - 1);
        return value;
    }

    private object?[] PopMany(int count)
    {
        var values = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            values[i] = Pop();
        return values;
    }

    private object?[] PopToMark()
    {
        if (!_marks.TryPop(out var mark))
            throw Damaged("no mark on the stack");
        var values = _stack.GetRange(mark + 1, _stack.Count - mark - 1).ToArray();
        _stack.RemoveRange(mark, _stack.Count - mark);
        return values;
    }

    private T Top<T>(string what)
        where T : class => Peek() as T ?? throw Damaged($"{what} was expected on the stack");

    private object? Remembered(long key) =>
        _memo.TryGetValue(key, out var value) ? value : throw Damaged($"nothing was remembered as {key}");

    private CheckpointException Refuse(long at, string what) =>
        new(input.Place,
            $"byte {at}: {what} is refused: a state dict of tensors does not need it, and nothing else is read. Save the model with " +
            "torch.save(model.state_dict(), ...) or, better, as model.safetensors.");

    private CheckpointException Damaged(string what) =>
        new(input.Place, $"byte {input.Position}: {what}. The file is damaged; copy or download it again.");
}
