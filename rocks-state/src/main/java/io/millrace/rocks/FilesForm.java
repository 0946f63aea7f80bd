package io.millrace.rocks;

import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.state.TableForm;
import java.util.ArrayList;
import java.util.List;

/**
 * How a database lies in a checkpoint, in the form {@value #NAME}: its files as they are. One part
 * for the whole back end; its pieces are the files, in the order in which the description names
 * them.
 *
 * <pre>
 * description := 1, count, table*, count, file*
 * table       := name, family, length, {@link TableForm}
 * file        := name, length (variable long)
 * </pre>
 *
 * Immutable.
 */
record FilesForm(List<StoredTable> tables, List<StoredFile> files) {
    static final String NAME = "rocks/1";

    /** The part's name among those of the operator's tables; none is called so. */
    static final String PART = "";

    private static final int VERSION = 1;
    private static final int FIRST_BYTES = 1024;

    FilesForm {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /** A file of a database. */
    record StoredFile(String name, long length) {}

    byte[] toBytes() {
        BinaryWriter out = new BinaryWriter(FIRST_BYTES);
        out.writeByte(VERSION);
        out.writeVarInt(tables.size());
        for (StoredTable table : tables) {
            out.writeString(table.name());
            out.writeString(table.family());
            out.writeByteArray(table.form().toBytes());
        }
        out.writeVarInt(files.size());
        for (StoredFile file : files) {
            out.writeString(file.name());
            out.writeVarLong(file.length());
        }
        return out.toByteArray();
    }

    /**
     * @throws CorruptDataException if the bytes are not of that form, or of a newer version
     */
    static FilesForm parse(byte[] description) {
        BinaryReader in = new BinaryReader(description);
        int version = in.readByte();
        if (version != VERSION) {
            throw new CorruptDataException(
                    "a database described in version " + version + ", known is " + VERSION);
        }
        List<StoredTable> tables = new ArrayList<>();
        for (int i = in.readLength(3); i > 0; i--) {
            String name = in.readString();
            String family = in.readString();
            tables.add(new StoredTable(name, family, TableForm.parse(in.readByteArray())));
        }
        List<StoredFile> files = new ArrayList<>();
        for (int i = in.readLength(2); i > 0; i--) {
            String name = in.readString();
            if (name.isEmpty() || name.contains("/") || name.contains("..")) {
                throw new CorruptDataException("a file called '" + name + "'");
            }
            files.add(new StoredFile(name, in.readVarLong()));
        }
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many after a database");
        }
        return new FilesForm(tables, files);
    }
}
