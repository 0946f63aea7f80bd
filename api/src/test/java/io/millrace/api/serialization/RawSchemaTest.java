package io.millrace.api.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RawSchemaTest {
    @SuppressWarnings("unchecked")
    private static <T> RawSchema<T> shipped(RawSchema<T> schema) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(schema);
        }
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (RawSchema<T>) in.readObject();
        }
    }

    private static <T> void roundTrip(RawSchema<T> schema, T value, int... expected)
            throws Exception {
        RawSchema<T> there = shipped(schema);
        byte[] bytes = new byte[expected.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) expected[i];
        }
        assertThat(there.serialize(value)).isEqualTo(bytes);
        assertThat(there.deserialize(bytes)).isEqualTo(value);
        assertThat(there.serialize(null)).isNull();
        assertThat(there.deserialize(null)).isNull();
        assertThat(there.getProducedType().getTypeClass()).isEqualTo(value.getClass());
    }

    @Test
    void valuesAreTheirBytesInTheOrderThatWasSaid() throws Exception {
        roundTrip(RawSchema.bytes(), new byte[] {1, 2}, 1, 2);
        roundTrip(RawSchema.text(StandardCharsets.UTF_8), "ö", 0xC3, 0xB6);
        roundTrip(RawSchema.text(StandardCharsets.UTF_16LE), "ö", 0xF6, 0);
        roundTrip(RawSchema.booleans(), true, 1);
        roundTrip(RawSchema.booleans(), false, 0);
        roundTrip(RawSchema.shorts(ByteOrder.BIG_ENDIAN), (short) -2, 0xFF, 0xFE);
        roundTrip(RawSchema.ints(ByteOrder.LITTLE_ENDIAN), 258, 2, 1, 0, 0);
        roundTrip(RawSchema.longs(ByteOrder.BIG_ENDIAN), 258L, 0, 0, 0, 0, 0, 0, 1, 2);
        roundTrip(RawSchema.longs(ByteOrder.LITTLE_ENDIAN), 258L, 2, 1, 0, 0, 0, 0, 0, 0);
        roundTrip(RawSchema.floats(ByteOrder.BIG_ENDIAN), 1f, 0x3F, 0x80, 0, 0);
        roundTrip(RawSchema.doubles(ByteOrder.LITTLE_ENDIAN), 1.0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F);
    }

    @Test
    void bytesThatAreNoSuchValueAreMalformed() {
        assertThatThrownBy(() -> RawSchema.longs(ByteOrder.BIG_ENDIAN).deserialize(new byte[7]))
                .isInstanceOf(IOException.class)
                .hasMessage("a raw long has 8 bytes, not 7");
        assertThatThrownBy(() -> RawSchema.booleans().deserialize(new byte[0]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(
                        () ->
                                RawSchema.text(StandardCharsets.UTF_8)
                                        .deserialize(new byte[] {(byte) 0xC3}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void aTextThatTheCharacterSetLacksIsNotWritten() {
        assertThatThrownBy(() -> RawSchema.text(StandardCharsets.US_ASCII).serialize("ö"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("US-ASCII");
    }
}
