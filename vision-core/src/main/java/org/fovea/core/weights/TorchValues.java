package org.fovea.core.weights;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.tensor.DType;
import org.fovea.core.tensor.Shape;
import org.fovea.core.weights.Unpickler.Dict;
import org.fovea.core.weights.Unpickler.Tuple;

/** The imports that a dictionary of tensors needs, and the values they make; every storage and view is checked. */
final class TorchValues {
    private static final int MAX_RANK = 64; // as many axes as PyTorch and NumPy allow
    private static final Map<String, DType> STORAGES = Map.of(
            "torch.DoubleStorage", DType.F64,
            "torch.FloatStorage", DType.F32,
            "torch.HalfStorage", DType.F16,
            "torch.BFloat16Storage", DType.BF16,
            "torch.LongStorage", DType.I64,
            "torch.IntStorage", DType.I32,
            "torch.ShortStorage", DType.I16,
            "torch.CharStorage", DType.I8,
            "torch.ByteStorage", DType.U8,
            "torch.BoolStorage", DType.BOOL);

    private final Path file;
    private final String folder;
    private final Map<String, StoredZip.Entry> entries;

    /** @param folder folder of the storages within the archive: {@code "archive/data/"} */
    TorchValues(Path file, String folder, Map<String, StoredZip.Entry> entries) {
        this.file = file;
        this.folder = folder;
        this.entries = entries;
    }

    /** Value of an import: a function, or the element type of a storage. */
    Object imported(String module, String name) {
        String full = module + "." + name;
        Object found =
                switch (full) {
                    case "collections.OrderedDict" -> Function.ORDERED_DICT;
                    case "torch._utils._rebuild_tensor_v2" -> Function.REBUILD_TENSOR;
                    case "torch._utils._rebuild_parameter" -> Function.REBUILD_PARAMETER;
                    default -> STORAGES.get(full);
                };
        if (found == null) {
            throw wrong("weights must need no import but those of plain tensors", full, TorchFile.CONVERT);
        }
        return found;
    }

    /** Storage that {@code ("storage", type, key, device, element count)} refers to. */
    TorchStorage storage(Tuple id) {
        List<Object> items = id.items();
        if (items.size() == 5
                && "storage".equals(items.get(0))
                && items.get(1) instanceof DType dtype
                && items.get(2) instanceof String key
                && items.get(4) instanceof Long count) {
            StoredZip.Entry entry = entries.get(folder + key);
            if (entry == null) {
                throw wrong("every storage must be an entry of the file", "no " + folder + key, TorchFile.DAMAGED);
            }
            if (count < 0 || count > entry.size() / dtype.bytes() || count * dtype.bytes() != entry.size()) {
                throw wrong(
                        "storage '" + FormatErrors.shown(key) + "' of " + count + " elements " + dtype
                                + " must be as long as its entry",
                        entry.size() + " bytes",
                        TorchFile.DAMAGED);
            }
            return new TorchStorage(dtype, entry.begin(), count);
        }
        throw wrong("a storage is (\"storage\", type, key, device, element count)", "another tuple", TorchFile.DAMAGED);
    }

    /** Value of a function call. */
    Object call(Object function, Tuple arguments) {
        List<Object> given = arguments.items();
        if (function == Function.ORDERED_DICT && given.isEmpty()) {
            return new Dict();
        }
        if (function == Function.REBUILD_PARAMETER && given.size() == 3 && given.get(0) instanceof TorchView view) {
            return view;
        }
        if (function == Function.REBUILD_TENSOR
                && (given.size() == 6 || given.size() == 7) // the seventh is metadata of Python
                && given.get(0) instanceof TorchStorage storage
                && given.get(1) instanceof Long offset
                && given.get(2) instanceof Tuple sizes
                && given.get(3) instanceof Tuple strides) {
            return view(storage, offset, numbers(sizes), numbers(strides));
        }
        String name = function instanceof Function ? "the arguments of " + function : "something else called";
        throw wrong("calls must be those of torch.save for plain tensors", name, TorchFile.CONVERT);
    }

    private TorchView view(TorchStorage storage, long offset, long[] sizes, long[] strides) {
        int[] shape = new int[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE) {
                throw wrong("a tensor's sizes must be from 0 to " + Integer.MAX_VALUE, sizes[i], TorchFile.DAMAGED);
            }
            shape[i] = (int) sizes[i];
        }
        if (sizes.length > MAX_RANK || strides.length != sizes.length) {
            throw wrong(
                    "a tensor has at most " + MAX_RANK + " sizes, and as many strides",
                    sizes.length + " and " + strides.length,
                    TorchFile.DAMAGED);
        }
        try {
            return TorchView.of(storage, offset, Shape.of(shape), strides);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(
                    "a tensor must lie in its storage of " + storage.count() + " elements",
                    "one from " + offset + " on that does not: " + e.getMessage(),
                    TorchFile.DAMAGED);
        }
    }

    private long[] numbers(Tuple tuple) {
        return tuple.items().stream()
                .mapToLong(item -> {
                    if (item instanceof Long number) {
                        return number;
                    }
                    throw wrong("sizes and strides must be whole numbers", Unpickler.kind(item), TorchFile.DAMAGED);
                })
                .toArray();
    }

    private RuntimeException wrong(String rule, Object actual, String cure) {
        return FormatErrors.file(file, rule, actual, cure);
    }

    private enum Function {
        ORDERED_DICT,
        REBUILD_TENSOR,
        REBUILD_PARAMETER
    }

    /**
     * Elements of one type in the file, which tensors look at.
     *
     * @param begin position of the first byte in the file
     * @param count number of elements
     */
    record TorchStorage(DType dtype, long begin, long count) {}
}
