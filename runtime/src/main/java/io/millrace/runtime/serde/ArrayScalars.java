package io.millrace.runtime.serde;

import java.util.List;

/** Serializers of arrays of primitives: a count, then the elements. */
final class ArrayScalars {
    private ArrayScalars() {}

    static List<Serializer<?>> all() {
        return List.of(
                new BooleanArrays(),
                new ByteArrays(),
                new ShortArrays(),
                new CharArrays(),
                new IntArrays(),
                new LongArrays(),
                new FloatArrays(),
                new DoubleArrays());
    }

    private static final class BooleanArrays extends ScalarSerializer<boolean[]> {
        BooleanArrays() {
            super(Scalar.BOOLEANS);
        }

        @Override
        public void write(boolean[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (boolean element : value) {
                out.writeBoolean(element);
            }
        }

        @Override
        public boolean[] read(BinaryReader in) {
            boolean[] value = new boolean[in.readLength(1)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readBoolean();
            }
            return value;
        }

        @Override
        public boolean[] copy(boolean[] value) {
            return value.clone();
        }
    }

    private static final class ShortArrays extends ScalarSerializer<short[]> {
        ShortArrays() {
            super(Scalar.SHORTS);
        }

        @Override
        public void write(short[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (short element : value) {
                out.writeShort(element);
            }
        }

        @Override
        public short[] read(BinaryReader in) {
            short[] value = new short[in.readLength(2)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readShort();
            }
            return value;
        }

        @Override
        public short[] copy(short[] value) {
            return value.clone();
        }
    }

    private static final class CharArrays extends ScalarSerializer<char[]> {
        CharArrays() {
            super(Scalar.CHARS);
        }

        @Override
        public void write(char[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (char element : value) {
                out.writeShort(element);
            }
        }

        @Override
        public char[] read(BinaryReader in) {
            char[] value = new char[in.readLength(2)];
            for (int i = 0; i < value.length; i++) {
                value[i] = (char) in.readShort();
            }
            return value;
        }

        @Override
        public char[] copy(char[] value) {
            return value.clone();
        }
    }

    private static final class IntArrays extends ScalarSerializer<int[]> {
        IntArrays() {
            super(Scalar.INTS);
        }

        @Override
        public void write(int[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (int element : value) {
                out.writeInt(element);
            }
        }

        @Override
        public int[] read(BinaryReader in) {
            int[] value = new int[in.readLength(4)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readInt();
            }
            return value;
        }

        @Override
        public int[] copy(int[] value) {
            return value.clone();
        }
    }

    private static final class LongArrays extends ScalarSerializer<long[]> {
        LongArrays() {
            super(Scalar.LONGS);
        }

        @Override
        public void write(long[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (long element : value) {
                out.writeLong(element);
            }
        }

        @Override
        public long[] read(BinaryReader in) {
            long[] value = new long[in.readLength(8)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readLong();
            }
            return value;
        }

        @Override
        public long[] copy(long[] value) {
            return value.clone();
        }
    }

    private static final class FloatArrays extends ScalarSerializer<float[]> {
        FloatArrays() {
            super(Scalar.FLOATS);
        }

        @Override
        public void write(float[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (float element : value) {
                out.writeFloat(element);
            }
        }

        @Override
        public float[] read(BinaryReader in) {
            float[] value = new float[in.readLength(4)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readFloat();
            }
            return value;
        }

        @Override
        public float[] copy(float[] value) {
            return value.clone();
        }
    }

    private static final class DoubleArrays extends ScalarSerializer<double[]> {
        DoubleArrays() {
            super(Scalar.DOUBLES);
        }

        @Override
        public void write(double[] value, BinaryWriter out) {
            out.writeVarInt(value.length);
            for (double element : value) {
                out.writeDouble(element);
            }
        }

        @Override
        public double[] read(BinaryReader in) {
            double[] value = new double[in.readLength(8)];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readDouble();
            }
            return value;
        }

        @Override
        public double[] copy(double[] value) {
            return value.clone();
        }
    }

    private static final class ByteArrays extends ScalarSerializer<byte[]> {
        ByteArrays() {
            super(Scalar.BYTES);
        }

        @Override
        public void write(byte[] value, BinaryWriter out) {
            out.writeByteArray(value);
        }

        @Override
        public byte[] read(BinaryReader in) {
            return in.readByteArray();
        }

        @Override
        public byte[] copy(byte[] value) {
            return value.clone();
        }
    }
}
