package org.fovea.core.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.fovea.core.io.FormatErrors;
import org.fovea.core.weights.Unpickler.Dict;

/**
 * A file of {@code torch.save}, {@code pytorch_model.bin}: a zip of storages, left where they lie, and a pickle that
 * says which tensor looks at which part of which storage.
 *
 * <p>It holds a state dictionary (name to tensor), or one under {@code state_dict} or {@code model} as training scripts
 * save it. Nothing in it is executed; see {@link Unpickler}.
 */
final class TorchFile extends TensorFile {
    static final String DAMAGED = "The file is damaged or not one of torch.save: download it again.";
    static final String CONVERT =
            "Convert the weights once, in Python (weights_only=False runs what the file says: only"
                    + " for one you trust):\n"
                    + "  import torch, safetensors.torch as st\n"
                    + "  w = torch.load(\"pytorch_model.bin\", map_location=\"cpu\", weights_only=True)\n"
                    + "  st.save_file({k: v.clone().contiguous() for k, v in w.items()}, \"" + Checkpoint.SINGLE_FILE
                    + "\", metadata={\"format\": \"pt\"})\n"
                    + "or, with transformers: AutoModel....from_pretrained(\".\").save_pretrained(\".\").";

    private static final String PICKLE = "/data.pkl";
    private static final int MAX_PICKLE_BYTES = 1 << 24; // enough for about 130 bytes per tensor
    private static final int MAX_VERSION =
            10; // kMaxSupportedFileFormatVersion of PyTorch's caffe2/serialize/versions.h
    private static final List<String> WRAPPERS = List.of("state_dict", "model");
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private final Map<String, TorchView> views;

    private TorchFile(DataFile file, Map<String, TorchView> views) {
        super(file, infos(views));
        this.views = views;
    }

    /**
     * Opens a file, checks its directory and reads its pickle.
     *
     * @throws org.fovea.core.ModelFormatException when the file cannot be read, is of another kind or breaks a rule of
     *     the format
     */
    static TorchFile open(Path path) {
        DataFile file = new DataFile(path);
        try {
            return new TorchFile(file, read(file));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Map<String, TorchView> read(DataFile file) {
        checkKind(file);
        Map<String, StoredZip.Entry> entries = StoredZip.read(file);
        List<String> pickles = entries.keySet().stream()
                .filter(name -> name.endsWith(PICKLE) && name.indexOf('/') == name.length() - PICKLE.length())
                .toList();
        if (pickles.size() != 1) {
            throw FormatErrors.file(file.path(), "the zip must hold one */data.pkl", pickles.size(), DAMAGED);
        }
        String folder = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
        checkByteOrder(file, entries.get(folder + "/byteorder"));
        checkVersion(file, entries.get(folder + "/version"));
        ByteBuffer pickle = content(file, entries.get(pickles.get(0)), MAX_PICKLE_BYTES);
        TorchValues values = new TorchValues(file.path(), folder + "/data/", entries);
        return views(file, new Unpickler(new PickleInput(file.path(), pickle), values).read());
    }

    private static void checkKind(DataFile file) {
        ByteBuffer start = ByteBuffer.allocate((int) Math.min(ZIP.length, file.length()));
        file.read(0, start);
        if (!Arrays.equals(start.array(), ZIP)) {
            throw FormatErrors.file(
                    file.path(),
                    "must be the zip file that torch.save has written since PyTorch 1.6 (2020)",
                    file.length() == 0 ? "an empty file" : "another file, or one that an older PyTorch wrote",
                    CONVERT);
        }
    }

    private static void checkByteOrder(DataFile file, StoredZip.Entry entry) {
        String order = entry == null ? "little" : text(file, entry);
        if (!order.equals("little")) {
            throw FormatErrors.file(file.path(), "the byte order must be little", order, CONVERT);
        }
    }

    private static void checkVersion(DataFile file, StoredZip.Entry entry) {
        String version = entry == null ? "1" : text(file, entry).strip();
        if (!version.matches("[0-9]{1,9}") || Integer.parseInt(version) > MAX_VERSION) {
            throw FormatErrors.file(
                    file.path(), "the version of the format must be at most " + MAX_VERSION, version, CONVERT);
        }
    }

    private static String text(DataFile file, StoredZip.Entry entry) {
        return new String(content(file, entry, 64).array(), StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer content(DataFile file, StoredZip.Entry entry, int max) {
        if (entry.size() > max) {
            throw FormatErrors.file(
                    file.path(),
                    "zip entry '" + FormatErrors.shown(entry.name()) + "' takes at most " + max + " bytes",
                    entry.size(),
                    DAMAGED);
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) entry.size());
        file.read(entry.begin(), bytes);
        return bytes.flip();
    }

    private static Map<String, TorchView> views(DataFile file, Object root) {
        Map<String, TorchView> views = new TreeMap<>();
        for (Entry<String, Object> entry : stateDictionary(file, root).entrySet()) {
            if (!(entry.getValue() instanceof TorchView view)) {
                throw FormatErrors.file(
                        file.path(),
                        "must hold tensors alone, or a dictionary of them under state_dict or model",
                        Unpickler.kind(entry.getValue()) + " under '" + FormatErrors.shown(entry.getKey()) + "'",
                        CONVERT);
            }
            if (!view.contiguous() && view.info().byteCount() > file.length()) {
                throw FormatErrors.tensor(
                        file.path(),
                        entry.getKey(),
                        "a view that repeats its elements may take as many bytes as the file, " + file.length(),
                        view.info().byteCount(),
                        CONVERT);
            }
            views.put(entry.getKey(), view);
        }
        return Collections.unmodifiableMap(views);
    }

    /** Dictionary of tensors: the root, or a dictionary in the root if the root itself has no tensors. */
    private static Map<String, Object> stateDictionary(DataFile file, Object root) {
        if (!(root instanceof Dict dict)) {
            throw FormatErrors.file(file.path(), "must hold a dictionary of tensors", Unpickler.kind(root), CONVERT);
        }
        if (dict.entries().values().stream().noneMatch(TorchView.class::isInstance)) {
            for (String wrapper : WRAPPERS) {
                if (dict.entries().get(wrapper) instanceof Dict inner) {
                    return inner.entries();
                }
            }
        }
        return dict.entries();
    }

    private static Map<String, TensorInfo> infos(Map<String, TorchView> views) {
        Map<String, TensorInfo> infos = new TreeMap<>();
        views.forEach((name, view) -> infos.put(name, view.info()));
        return Collections.unmodifiableMap(infos);
    }

    @Override
    ByteBuffer elements(String name, TensorInfo info) {
        if (views.get(name).contiguous()) {
            return super.elements(name, info);
        }
        ByteBuffer all = ByteBuffer.allocateDirect((int) info.byteCount());
        elements(name, info, 0, all);
        return all.flip();
    }

    @Override
    void elements(String name, TensorInfo info, long fromElement, ByteBuffer target) {
        TorchView view = views.get(name);
        if (view.contiguous()) {
            super.elements(name, info, fromElement, target);
        } else {
            ByteBuffer span = file().map(info.begin(), intByteCount(name, info.end() - info.begin()));
            view.gather(span.order(target.order()), fromElement, target);
        }
    }
}
