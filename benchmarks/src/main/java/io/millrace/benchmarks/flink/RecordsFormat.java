package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.batch.SortRecords;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.reader.SimpleStreamFormat;
import org.apache.flink.core.fs.FSDataInputStream;

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
