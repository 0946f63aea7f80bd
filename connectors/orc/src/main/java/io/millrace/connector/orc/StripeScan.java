package io.millrace.connector.orc;

import io.millrace.api.error.MillraceException;
import io.millrace.connector.file.columnar.RecordScan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.apache.orc.Reader;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.SchemaEvolution;
import org.apache.orc.impl.TreeReaderFactory;
import org.apache.orc.impl.reader.ReaderEncryption;
import org.apache.orc.impl.reader.StripePlanner;
import org.apache.orc.impl.reader.tree.BatchReader;
import org.apache.orc.impl.reader.tree.TypeReader.ReadPhase;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Records of the stripes that begin in a part of a file. A position in it is the byte at which a
 * stripe begins, and the rows of the stripe that have been read. Confined to its task.
 */
/* orc-core decodes; what it throws of damaged bytes may be anything, so all of it is taken for damage,
 * but for errors of the file system. */
final class StripeScan<T> implements RecordScan<T> {
    static final int BATCH_ROWS = 1024;
    private static final int MAX_READ_BYTES = 1 << 26;

    private final FileBytes file;
    private final Footer footer;
    private final RecordMaker<T> maker;
    private final StripePlanner planner;
    private final BatchReader reader;
    private final boolean[] included;
    private final VectorizedRowBatch batch;
    private final String where;
    private final Deque<StripeInformation> stripes = new ArrayDeque<>();
    private long stripeOffset;
    private long stripeRows;
    private long rowsRead;
    private int decoded;
    private int next;

    private StripeScan(
            FileBytes file,
            Footer footer,
            WantedColumns columns,
            RecordMaker<T> maker,
            long from,
            long to,
            String where)
            throws IOException {
        this.file = file;
        this.footer = footer;
        this.maker = maker;
        this.where = where;
        this.stripeOffset = from;
        for (StripeInformation stripe : footer.stripes()) {
            if (stripe.getOffset() >= from
                    && stripe.getOffset() < to
                    && stripe.getNumberOfRows() > 0) {
                stripes.add(stripe);
            }
        }
        boolean[] all = new boolean[columns.schema().getMaximumId() + 1];
        Arrays.fill(all, true);
        SchemaEvolution evolution =
                new SchemaEvolution(
                        footer.schema(), columns.schema(), new Reader.Options().include(all));
        TypeDescription wanted = evolution.getReaderSchema();
        ReaderEncryption plain = new ReaderEncryption();
        this.included = evolution.getFileIncluded();
        this.reader =
                TreeReaderFactory.createRootReader(
                        wanted,
                        new TreeReaderFactory.ReaderContext()
                                .setSchemaEvolution(evolution)
                                .setEncryption(plain)
                                .skipCorrupt(false)
                                .fileFormat(footer.version())
                                .useUTCTimestamp(true)
                                .setProlepticGregorian(footer.isProleptic(), true));
        this.planner =
                new StripePlanner(
                        footer.schema(),
                        plain,
                        new StripeBytes(file, footer.compression(), where),
                        footer.writer(),
                        true,
                        MAX_READ_BYTES);
        this.batch = wanted.createRowBatch(BATCH_ROWS);
        columns.read(batch.cols);
    }

    /**
     * Takes the file over, also when it fails.
     *
     * @param from only stripes that begin here or later
     * @param to and before here
     */
    static <T> StripeScan<T> open(
            FileBytes file, long from, long to, RecordShape<T> shape, String where)
            throws IOException {
        try {
            Footer footer = Footer.read(file, where);
            WantedColumns columns = new WantedColumns(footer.schema(), where);
            RecordMaker<T> maker = shape.of(columns);
            return new StripeScan<>(file, footer, columns, maker, from, to, where);
        } catch (FileBytes.Unread e) {
            close(file, e.getCause());
            throw e.getCause();
        } catch (IOException | RuntimeException e) {
            close(file, e);
            throw e;
        }
    }

    private static void close(FileBytes file, Exception failure) {
        try {
            file.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public boolean hasNext() {
        return rowsRead < stripeRows || !stripes.isEmpty();
    }

    /** Only if there is one. */
    @Override
    public T next() throws IOException {
        if (next == decoded) {
            decode();
        }
        T record = maker.make(next);
        next++;
        rowsRead++;
        return record;
    }

    private void decode() throws IOException {
        try {
            if (rowsRead == stripeRows) {
                begin(stripes.remove());
            }
            int rows = (int) Math.min(BATCH_ROWS, stripeRows - rowsRead);
            batch.reset();
            reader.nextBatch(batch, rows, ReadPhase.ALL);
            decoded = rows;
            next = 0;
        } catch (FileBytes.Unread e) {
            throw e.getCause();
        } catch (MillraceException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Malformed.file(
                    where,
                    "the stripe at byte "
                            + stripeOffset
                            + " cannot be decoded behind row "
                            + rowsRead
                            + " ("
                            + e
                            + ")",
                    e);
        }
    }

    private void begin(StripeInformation stripe) throws IOException {
        stripeOffset = stripe.getOffset();
        stripeRows = stripe.getNumberOfRows();
        rowsRead = 0;
        planner.clearStreams();
        planner.parseStripe(stripe, included);
        planner.readData(null, null, false, ReadPhase.ALL);
        reader.startStripe(planner, ReadPhase.ALL);
    }

    /** Where the stripe of the last record begins, in bytes. */
    @Override
    public long blockOffset() {
        return stripeOffset;
    }

    /** Rows of that stripe that have been read. */
    @Override
    public long readOfBlock() {
        return rowsRead;
    }

    @Override
    public void close() throws IOException {
        footer.release();
        file.close();
    }
}
