package io.millrace.runtime.serde;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.UUID;

/** Serializers of numbers, strings and ids. */
final class PlainScalars {
    private PlainScalars() {}

    static List<Serializer<?>> all() {
        return List.of(
                new Booleans(),
                new Bytes(),
                new Shorts(),
                new Chars(),
                new Ints(),
                new Longs(),
                new Floats(),
                new Doubles(),
                new Strings(),
                new BigIntegers(),
                new BigDecimals(),
                new Uuids());
    }

    private static final class Booleans extends ScalarSerializer<Boolean> {
        Booleans() {
            super(Scalar.BOOLEAN);
        }

        @Override
        public void write(Boolean value, BinaryWriter out) {
            out.writeBoolean(value);
        }

        @Override
        public Boolean read(BinaryReader in) {
            return in.readBoolean();
        }
    }

    private static final class Bytes extends ScalarSerializer<Byte> {
        Bytes() {
            super(Scalar.BYTE);
        }

        @Override
        public void write(Byte value, BinaryWriter out) {
            out.writeByte(value);
        }

        @Override
        public Byte read(BinaryReader in) {
            return in.readByte();
        }
    }

    private static final class Shorts extends ScalarSerializer<Short> {
        Shorts() {
            super(Scalar.SHORT);
        }

        @Override
        public void write(Short value, BinaryWriter out) {
            out.writeShort(value);
        }

        @Override
        public Short read(BinaryReader in) {
            return in.readShort();
        }
    }

    private static final class Chars extends ScalarSerializer<Character> {
        Chars() {
            super(Scalar.CHAR);
        }

        @Override
        public void write(Character value, BinaryWriter out) {
            out.writeShort(value);
        }

        @Override
        public Character read(BinaryReader in) {
            return (char) in.readShort();
        }
    }

    private static final class Ints extends ScalarSerializer<Integer> {
        Ints() {
            super(Scalar.INT);
        }

        @Override
        public void write(Integer value, BinaryWriter out) {
            out.writeInt(value);
        }

        @Override
        public Integer read(BinaryReader in) {
            return in.readInt();
        }
    }

    private static final class Longs extends ScalarSerializer<Long> {
        Longs() {
            super(Scalar.LONG);
        }

        @Override
        public void write(Long value, BinaryWriter out) {
            out.writeLong(value);
        }

        @Override
        public Long read(BinaryReader in) {
            return in.readLong();
        }
    }

    private static final class Floats extends ScalarSerializer<Float> {
        Floats() {
            super(Scalar.FLOAT);
        }

        @Override
        public void write(Float value, BinaryWriter out) {
            out.writeFloat(value);
        }

        @Override
        public Float read(BinaryReader in) {
            return in.readFloat();
        }
    }

    private static final class Doubles extends ScalarSerializer<Double> {
        Doubles() {
            super(Scalar.DOUBLE);
        }

        @Override
        public void write(Double value, BinaryWriter out) {
            out.writeDouble(value);
        }

        @Override
        public Double read(BinaryReader in) {
            return in.readDouble();
        }
    }

    private static final class Strings extends ScalarSerializer<String> {
        Strings() {
            super(Scalar.STRING);
        }

        @Override
        public void write(String value, BinaryWriter out) {
            out.writeString(value);
        }

        @Override
        public int lookInto(String value) {
            return value.length();
        }

        @Override
        public String read(BinaryReader in) {
            return in.readString();
        }
    }

    private static final class BigIntegers extends ScalarSerializer<BigInteger> {
        BigIntegers() {
            super(Scalar.BIG_INTEGER);
        }

        @Override
        public void write(BigInteger value, BinaryWriter out) {
            out.writeByteArray(value.toByteArray());
        }

        @Override
        public BigInteger read(BinaryReader in) {
            byte[] bytes = in.readByteArray();
            if (bytes.length == 0) {
                throw new CorruptDataException("a number without digits at " + in.position());
            }
            return new BigInteger(bytes);
        }
    }

    private static final class BigDecimals extends ScalarSerializer<BigDecimal> {
        BigDecimals() {
            super(Scalar.BIG_DECIMAL);
        }

        @Override
        public void write(BigDecimal value, BinaryWriter out) {
            out.writeInt(value.scale());
            out.writeByteArray(value.unscaledValue().toByteArray());
        }

        @Override
        public BigDecimal read(BinaryReader in) {
            int scale = in.readInt();
            byte[] bytes = in.readByteArray();
            if (bytes.length == 0) {
                throw new CorruptDataException("a number without digits at " + in.position());
            }
            return new BigDecimal(new BigInteger(bytes), scale);
        }
    }

    private static final class Uuids extends ScalarSerializer<UUID> {
        Uuids() {
            super(Scalar.UUID);
        }

        @Override
        public void write(UUID value, BinaryWriter out) {
            out.writeLong(value.getMostSignificantBits());
            out.writeLong(value.getLeastSignificantBits());
        }

        @Override
        public UUID read(BinaryReader in) {
            long high = in.readLong();
            return new UUID(high, in.readLong());
        }
    }
}
