package org.fovea.core.dl4j;

import java.io.IOException;
import java.util.List;
import org.fovea.core.attention.AxialAttention;
import org.fovea.core.attention.Cbam;
import org.fovea.core.attention.DualAttention;
import org.fovea.core.attention.EfficientChannelAttention;
import org.fovea.core.attention.Glam;
import org.fovea.core.attention.ImageAttention;
import org.fovea.core.attention.RelativeAttention;
import org.fovea.core.attention.SqueezeExcitation;
import org.fovea.core.attention.WindowAttention;
import org.fovea.core.nn.AffineGrid;
import org.fovea.core.nn.Block;
import org.fovea.core.nn.ConvLocalisation;
import org.fovea.core.nn.Mlp;
import org.fovea.core.nn.MultiHeadSelfAttention;
import org.fovea.core.nn.SamplingGrid;
import org.fovea.core.nn.SelfAttention;
import org.fovea.core.nn.SwiGlu;
import org.fovea.core.nn.ThinPlateSplineGrid;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect.Visibility;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.annotation.PropertyAccessor;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.DeserializationFeature;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.json.JsonMapper;
import org.nd4j.shade.jackson.databind.jsontype.NamedType;

/**
 * Blocks as JSON: a record by its components, with its simple name as {@code type} where several records fit. The list of
 * types is closed, so that reading a configuration makes no other objects.
 */
final class BlockJson {
    /** Interfaces whose implementations must be named in JSON. */
    private static final List<Class<?>> OPEN =
            List.of(LayerBlock.class, SelfAttention.class, ImageAttention.class, Block.class, SamplingGrid.class);

    private static final Class<?>[] TYPES = {
        LayerBlock.OfImages.class,
        LayerBlock.OfGrids.class,
        LayerBlock.OfPatches.class,
        LayerBlock.Sampled.class,
        LayerBlock.OfSteps.class,
        LayerBlock.Transformer.class,
        LayerBlock.OfNodes.class,
        MultiHeadSelfAttention.class,
        RelativeAttention.class,
        AxialAttention.class,
        WindowAttention.class,
        SqueezeExcitation.class,
        EfficientChannelAttention.class,
        Cbam.class,
        DualAttention.class,
        Glam.class,
        Mlp.class,
        SwiGlu.class,
        ConvLocalisation.class,
        AffineGrid.class,
        ThinPlateSplineGrid.class
    };

    private static final ObjectMapper MAPPER = mapper();

    private BlockJson() {}

    private static ObjectMapper mapper() {
        JsonMapper.Builder builder = JsonMapper.builder()
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);
        OPEN.forEach(type -> builder.addMixIn(type, Typed.class));
        for (Class<?> type : TYPES) {
            builder.registerSubtypes(new NamedType(type, type.getSimpleName()));
        }
        return builder.build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    /**
     * Converts a block to JSON.
     *
     * @throws IllegalArgumentException when it contains something that cannot be read back
     */
    static String write(LayerBlock block) {
        try {
            String text = MAPPER.writeValueAsString(block);
            MAPPER.readValue(text, LayerBlock.class);
            return text;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "BlockLayer: a layer must be made of Fovea's own records, which can be saved, got " + block, e);
        }
    }

    /**
     * Reads a block from JSON.
     *
     * @throws IllegalArgumentException when the text is not a block
     */
    static LayerBlock read(String text) {
        try {
            return MAPPER.readValue(text, LayerBlock.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "BlockLayer: the block of a saved layer must be one of this version, got " + text + " ("
                            + e.getOriginalMessage() + ")",
                    e);
        }
    }

    /** Writes the text of a block as an object of the configuration. */
    static final class Writer extends JsonSerializer<String> {
        @Override
        public void serialize(String block, JsonGenerator to, SerializerProvider provider) throws IOException {
            to.writeTree(MAPPER.readTree(block));
        }
    }

    /** Reads an object of the configuration as text. */
    static final class Reader extends JsonDeserializer<String> {
        @Override
        public String deserialize(JsonParser from, DeserializationContext context) throws IOException {
            return MAPPER.readTree(from).toString();
        }
    }
}
