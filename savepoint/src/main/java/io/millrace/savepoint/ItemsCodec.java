package io.millrace.savepoint;

import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.PlainStructures;
import io.millrace.runtime.serde.PlainValues;
import io.millrace.runtime.serde.WrittenSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of lists and maps without keys. Where the description has no schemas each is bytes of a
 * connector's or program's own. Immutable.
 */
final class ItemsCodec extends PartForm {
    private static final int FIRST_BYTES = 256;
    private static final int FIXED = 2; // columns in front of the item's own

    private final List<WrittenSchema> schemas;
    private final List<PlainValues> values;

    private ItemsCodec(List<WrittenSchema> schemas) {
        this.schemas = schemas;
        this.values = schemas.stream().map(schema -> PlainValues.of(schema.root())).toList();
    }

    static ItemsCodec of(byte[] description) {
        List<WrittenSchema> schemas = new ArrayList<>();
        try {
            BinaryReader in = new BinaryReader(description);
            while (in.remaining() > 0) {
                schemas.add(WrittenSchema.parse(in.readByteArray()));
            }
        } catch (CorruptDataException e) {
            // The version of a serializer that is not ours; such have no schemas.
            schemas.clear();
        }
        return new ItemsCodec(List.copyOf(schemas));
    }

    @Override
    TableLayout layout() {
        return schemas.isEmpty()
                ? TableLayout.bytes("it is written by the connector's or operator's own serializer")
                : TableLayout.items(schemas);
    }

    /** The rows of a part. */
    void rows(int subtask, int items, BinaryReader in, KeyedForm.RowSink sink) {
        for (int i = 0; i < items; i++) {
            byte[] item = in.readByteArray();
            Object[] row = new Object[FIXED + Math.max(1, values.size())];
            row[0] = subtask;
            row[1] = i;
            if (values.isEmpty()) {
                row[FIXED] = item;
            } else {
                read(new BinaryReader(item), row);
            }
            sink.write(row, 0, item.length);
        }
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many after the items");
        }
    }

    private void read(BinaryReader in, Object[] row) {
        PlainStructures structures = new PlainStructures();
        for (int i = 0; i < values.size(); i++) {
            if (i == 0 || in.readBoolean()) {
                row[FIXED + i] = values.get(i).read(in, structures);
            }
        }
        if (in.remaining() != 0) {
            throw new CorruptDataException(in.remaining() + " bytes too many in an item");
        }
    }

    @Override
    void toContent(Rows<Object[]> rows, BinaryWriter out) throws IOException {
        BinaryWriter item = new BinaryWriter(FIRST_BYTES);
        for (Object[] row = rows.next(); row != null; row = rows.next()) {
            if (values.isEmpty()) {
                out.writeByteArray((byte[]) row[FIXED]);
                continue;
            }
            item.clear();
            PlainStructures structures = new PlainStructures();
            for (int i = 0; i < values.size(); i++) {
                Object value = row[FIXED + i];
                if (i > 0) {
                    item.writeBoolean(value != null);
                }
                if (i == 0 || value != null) {
                    values.get(i).write(value, item, structures);
                }
            }
            out.writeVarInt(item.size());
            out.writeBytes(item.array(), 0, item.size());
        }
    }
}
