package io.millrace.savepoint;

import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.serde.BinaryWriter;
import java.io.IOException;

/** Content that is only passed on: records on their way, and forms of later releases. Immutable. */
final class BytesCodec extends PartForm {
    @Override
    TableLayout layout() {
        return TableLayout.bytes("it is in a form of the engine that is not a table");
    }

    @Override
    void toContent(Rows<Object[]> rows, BinaryWriter out) throws IOException {
        for (Object[] row = rows.next(); row != null; row = rows.next()) {
            byte[] content = (byte[]) row[2];
            out.writeBytes(content, 0, content.length);
        }
    }
}
