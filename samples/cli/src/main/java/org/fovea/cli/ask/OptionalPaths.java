package org.fovea.cli.ask;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Makes the images of a command optional, which a file may name instead. */
final class OptionalPaths implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec spec) {
        for (PositionalParamSpec each : List.copyOf(spec.positionalParameters())) {
            spec.remove(each);
            spec.addPositional(PositionalParamSpec.builder(each)
                    .required(false)
                    .arity("0..*")
                    .build());
        }
        return spec;
    }
}
