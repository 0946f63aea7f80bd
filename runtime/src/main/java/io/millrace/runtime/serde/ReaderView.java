package io.millrace.runtime.serde;

import io.millrace.api.serialization.DataInputView;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;

/**
 * A {@link BinaryReader} as programs' own serializers read from it; the end of the value is the end
 * of the bytes. Confined to the reader's user.
 */
final class ReaderView implements DataInputView {
    private final BinaryReader in;

    ReaderView(BinaryReader in) {
        this.in = in;
    }

    BinaryReader reader() {
        return in;
    }

    private void need(int count) throws EOFException {
        if (in.remaining() < count) {
            throw new EOFException(
                    "needs " + count + " bytes, but only " + in.remaining() + " are left");
        }
    }

    @Override
    public void skipBytesToRead(int numBytes) throws EOFException {
        need(numBytes);
        in.skip(numBytes);
    }

    @Override
    public int skipBytes(int n) {
        int count = Math.max(0, Math.min(n, in.remaining()));
        in.skip(count);
        return count;
    }

    @Override
    public int read(byte[] b, int off, int len) {
        if (len > 0 && in.remaining() == 0) {
            return -1;
        }
        int count = Math.min(len, in.remaining());
        in.readBytes(b, off, count);
        return count;
    }

    @Override
    public int read(byte[] b) {
        return read(b, 0, b.length);
    }

    @Override
    public void readFully(byte[] b) throws EOFException {
        readFully(b, 0, b.length);
    }

    @Override
    public void readFully(byte[] b, int off, int len) throws EOFException {
        need(len);
        in.readBytes(b, off, len);
    }

    @Override
    public boolean readBoolean() throws EOFException {
        return readByte() != 0;
    }

    @Override
    public byte readByte() throws EOFException {
        need(1);
        return in.readByte();
    }

    @Override
    public int readUnsignedByte() throws EOFException {
        return readByte() & 0xFF;
    }

    @Override
    public short readShort() throws EOFException {
        need(2);
        return Short.reverseBytes(in.readShort());
    }

    @Override
    public int readUnsignedShort() throws EOFException {
        return readShort() & 0xFFFF;
    }

    @Override
    public char readChar() throws EOFException {
        return (char) readShort();
    }

    @Override
    public int readInt() throws EOFException {
        need(4);
        return Integer.reverseBytes(in.readInt());
    }

    @Override
    public long readLong() throws EOFException {
        need(8);
        return Long.reverseBytes(in.readLong());
    }

    @Override
    public float readFloat() throws EOFException {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() throws EOFException {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public String readLine() throws EOFException {
        if (in.remaining() == 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        while (in.remaining() > 0) {
            char c = (char) readUnsignedByte();
            if (c == '\n') {
                break;
            }
            line.append(c);
        }
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    @Override
    public String readUTF() throws IOException {
        return DataInputStream.readUTF(this);
    }
}
