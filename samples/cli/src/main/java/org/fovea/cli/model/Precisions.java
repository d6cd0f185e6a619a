package org.fovea.cli.model;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.fovea.core.backend.Precision;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The precisions of the command line and their names there. */
public final class Precisions implements ITypeConverter<Precision>, Iterable<String> {
    public static final List<Precision> ALL = List.of(Precision.F32, Precision.BF16, Precision.INT8);

    public static String name(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Precision convert(String value) {
        return ALL.stream()
                .filter(p -> name(p).equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be f32, bf16 or int8, got '" + value + "'"));
    }

    @Override
    public Iterator<String> iterator() {
        return ALL.stream().map(Precisions::name).iterator();
    }
}
