package io.millrace.runtime.serde;

import io.millrace.api.serialization.DataInputView;
import io.millrace.api.serialization.DataOutputView;
import java.io.IOException;
import java.io.UTFDataFormatException;

/**
 * A {@link BinaryWriter} as programs' own serializers write to it: numbers are big endian, as
 * {@link java.io.DataOutput} says. Confined to the writer's user.
 */
final class WriterView implements DataOutputView {
    private static final int MAX_UTF_BYTES = 65535;

    private final BinaryWriter out;

    WriterView(BinaryWriter out) {
        this.out = out;
    }

    BinaryWriter writer() {
        return out;
    }

    @Override
    public void skipBytesToWrite(int numBytes) {
        for (int i = 0; i < numBytes; i++) {
            out.writeByte(0);
        }
    }

    @Override
    public void write(DataInputView source, int numBytes) throws IOException {
        byte[] part = new byte[numBytes];
        source.readFully(part);
        out.writeBytes(part, 0, numBytes);
    }

    @Override
    public void write(int b) {
        out.writeByte(b);
    }

    @Override
    public void write(byte[] b) {
        out.writeBytes(b, 0, b.length);
    }

    @Override
    public void write(byte[] b, int off, int len) {
        out.writeBytes(b, off, len);
    }

    @Override
    public void writeBoolean(boolean v) {
        out.writeBoolean(v);
    }

    @Override
    public void writeByte(int v) {
        out.writeByte(v);
    }

    @Override
    public void writeShort(int v) {
        out.writeShort(Short.reverseBytes((short) v));
    }

    @Override
    public void writeChar(int v) {
        writeShort(v);
    }

    @Override
    public void writeInt(int v) {
        out.writeInt(Integer.reverseBytes(v));
    }

    @Override
    public void writeLong(long v) {
        out.writeLong(Long.reverseBytes(v));
    }

    @Override
    public void writeFloat(float v) {
        writeInt(Float.floatToIntBits(v));
    }

    @Override
    public void writeDouble(double v) {
        writeLong(Double.doubleToLongBits(v));
    }

    @Override
    public void writeBytes(String s) {
        for (int i = 0; i < s.length(); i++) {
            out.writeByte(s.charAt(i));
        }
    }

    @Override
    public void writeChars(String s) {
        for (int i = 0; i < s.length(); i++) {
            writeChar(s.charAt(i));
        }
    }

    /** Modified UTF-8, as {@link java.io.DataOutput#writeUTF} says. */
    @Override
    public void writeUTF(String s) throws UTFDataFormatException {
        long length = 0;
        for (int i = 0; i < s.length(); i++) {
            length += utfBytes(s.charAt(i));
        }
        if (length > MAX_UTF_BYTES) {
            throw new UTFDataFormatException(
                    "a string of " + length + " bytes; writeUTF takes " + MAX_UTF_BYTES);
        }
        writeShort((int) length);
        for (int i = 0; i < s.length(); i++) {
            writeUtf(s.charAt(i));
        }
    }

    private static int utfBytes(char c) {
        return c != 0 && c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }

    private void writeUtf(char c) {
        switch (utfBytes(c)) {
            case 1 -> out.writeByte(c);
            case 2 -> {
                out.writeByte(0xC0 | c >> 6);
                out.writeByte(0x80 | c & 0x3F);
            }
            default -> {
                out.writeByte(0xE0 | c >> 12);
                out.writeByte(0x80 | c >> 6 & 0x3F);
                out.writeByte(0x80 | c & 0x3F);
            }
        }
    }
}
