package io.millrace.api.type.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.serialization.DataInputDeserializer;
import io.millrace.api.serialization.DataOutputSerializer;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariantTest {
    private static final VariantBuilder BUILDER = Variant.newBuilder();
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 11, 26, 5, 10, 26, 7_000);

    private static final Variant ARRAY =
            BUILDER.array()
                    .add(BUILDER.of((byte) 1))
                    .add(BUILDER.of((short) 2))
                    .add(BUILDER.of(3))
                    .add(BUILDER.of(4L))
                    .add(BUILDER.of(0.5f))
                    .add(BUILDER.of(Double.NaN))
                    .add(BUILDER.of(new BigDecimal("12.340")))
                    .add(BUILDER.of(true))
                    .add(BUILDER.ofNull())
                    .build();

    private static final Variant OBJECT =
            BUILDER.object()
                    .add("when", BUILDER.of(TIME))
                    .add("day", BUILDER.of(LocalDate.of(2026, 11, 26)))
                    .add("at", BUILDER.of(Instant.ofEpochSecond(60)))
                    .add("bytes", BUILDER.of(new byte[] {1, 2, 3}))
                    .add("text", BUILDER.of("a \"b\"\n\u0001"))
                    .add("all", ARRAY)
                    .build();

    @Test
    void givesWhatItWasBuiltOf() {
        assertThat(OBJECT.isObject()).isTrue();
        assertThat(OBJECT.getFieldNames())
                .containsExactly("all", "at", "bytes", "day", "text", "when");
        assertThat(OBJECT.getField("when").getDateTime()).isEqualTo(TIME);
        assertThat(OBJECT.getField("day").<LocalDate>getAs()).isEqualTo("2026-11-26");
        assertThat(OBJECT.getField("bytes").getBytes()).containsExactly(1, 2, 3);
        assertThat(OBJECT.getField("none")).isNull();
        Variant all = OBJECT.getField("all");
        assertThat(all.getArraySize()).isEqualTo(9);
        assertThat(all.getElement(0).getByte()).isEqualTo((byte) 1);
        assertThat(all.getElement(2).getInt()).isEqualTo(3);
        assertThat(all.getElement(8).isNull()).isTrue();
        assertThat(all.getElement(8).get()).isNull();
        assertThat(all.getElement(9)).isNull();
    }

    @Test
    void saysWhatItIsWhereSomethingElseWasWanted() {
        assertThatThrownBy(() -> BUILDER.of(3).getLong())
                .isInstanceOf(VariantTypeException.class)
                .hasMessage("Expected a value of type BIGINT, but it is INT.");
        assertThatThrownBy(OBJECT::get)
                .isInstanceOf(VariantTypeException.class)
                .hasMessageContaining("OBJECT");
        assertThatThrownBy(() -> ARRAY.getField("x")).isInstanceOf(VariantTypeException.class);
    }

    @Test
    void refusesAFieldASecondTimeUnlessTheLastOneCounts() {
        VariantBuilder.VariantObjectBuilder once = BUILDER.object().add("a", BUILDER.of(1));

        assertThatThrownBy(() -> once.add("a", BUILDER.of(2)))
                .isInstanceOf(VariantTypeException.class)
                .hasMessageContaining("'a'");
        assertThat(
                        BUILDER.object(true)
                                .add("a", BUILDER.of(1))
                                .add("a", BUILDER.of(2))
                                .build()
                                .getField("a")
                                .getInt())
                .isEqualTo(2);
    }

    @Test
    void isWrittenAsJson() {
        assertThat(OBJECT.toJson())
                .isEqualTo(
                        "{\"all\":[1,2,3,4,0.5,\"NaN\",12.340,true,null],"
                                + "\"at\":\"1970-01-01T00:01:00Z\",\"bytes\":\"AQID\","
                                + "\"day\":\"2026-11-26\",\"text\":\"a \\\"b\\\"\\n\\u0001\","
                                + "\"when\":\"2026-11-26T05:10:26.000007\"}");
    }

    private static byte[] written(Variant variant) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        VariantSerializer.INSTANCE.serialize(variant, out);
        return out.getCopyOfBuffer();
    }

    private static Variant read(byte[] bytes) throws IOException {
        return VariantSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }

    @Test
    void isTheSameAfterItsBytes() throws Exception {
        assertThat(read(written(OBJECT))).isEqualTo(OBJECT).hasSameHashCodeAs(OBJECT);
        assertThat(read(written(BUILDER.of(3)))).isNotEqualTo(BUILDER.of(3L));
    }

    @Test
    void refusesBytesThatBreakOffOrAreOfSomethingElse() throws Exception {
        byte[] bytes = written(OBJECT);

        for (int length : List.of(0, 1, 7, bytes.length - 1)) {
            assertThatThrownBy(() -> read(Arrays.copyOf(bytes, length)))
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> read(new byte[] {99}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("99");
    }

    @Test
    void refusesValuesThatAreTooDeepToBeRead() {
        Variant deep = BUILDER.ofNull();
        for (int i = 0; i <= VariantSerializer.MAX_DEPTH; i++) {
            deep = BUILDER.array().add(deep).build();
        }
        Variant tooDeep = deep;

        assertThatThrownBy(() -> written(tooDeep))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("500");
    }

    @Test
    void isDescribedWhereverItIsFound() {
        assertThat(TypeInformation.of(Variant.class)).isSameAs(Types.VARIANT);
        assertThat(TypeInformation.of(OBJECT.getClass())).isEqualTo(Types.VARIANT);
    }
}
