package io.millrace.benchmarks.millrace;

import io.millrace.api.file.FSDataInputStream;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.PrimitiveArrayTypeInfo;
import io.millrace.api.type.TypeInformation;
import io.millrace.benchmarks.batch.SortRecords;
import io.millrace.connector.file.SimpleStreamFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Files of records of 100 bytes. */
final class RecordsFormat extends SimpleStreamFormat<byte[]> {
    private static final long serialVersionUID = 1L;

    @Override
    public Reader<byte[]> createReader(Configuration config, FSDataInputStream stream) {
        InputStream in = new BufferedInputStream(stream, 1 << 16);
        return new Reader<>() {
            @Override
            public byte[] read() throws IOException {
                byte[] record = new byte[SortRecords.LENGTH];
                int length = in.readNBytes(record, 0, SortRecords.LENGTH);
                if (length > 0 && length < SortRecords.LENGTH) {
                    throw new IOException("a record ends after " + length + " bytes");
                }
                return length == 0 ? null : record;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public TypeInformation<byte[]> getProducedType() {
        return PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    }
}
