package io.millrace.client.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A compiled class under another name: the names in its table of constants are changed. Pure. */
final class RenamedClass {
    private static final int UTF8 = 1;

    private RenamedClass() {}

    /**
     * @param from the class's own name, with slashes
     * @throws IOException if the bytes are no class of Java 17 or older
     */
    static byte[] of(byte[] classFile, String from, String to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(in.readNBytes(8)); // magic number and version
            int constants = in.readUnsignedShort();
            out.writeShort(constants);
            for (int i = 1; i < constants; i++) {
                int tag = in.readUnsignedByte();
                out.writeByte(tag);
                if (tag == UTF8) {
                    String text = in.readUTF();
                    out.writeUTF(
                            text.equals(from)
                                    ? to
                                    : text.replace("L" + from + ";", "L" + to + ";"));
                } else {
                    out.write(in.readNBytes(lengthOf(tag)));
                    i += tag == 5 || tag == 6 ? 1 : 0; // long and double count twice
                }
            }
            in.transferTo(out);
        }
        return bytes.toByteArray();
    }

    /** By the JVM's specification, 4.4. */
    private static int lengthOf(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("unknown constant " + tag);
        };
    }
}
