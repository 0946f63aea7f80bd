package io.millrace.connector.orc.writer;

import io.millrace.api.file.FSDataOutputStream;
import io.millrace.api.serialization.BulkWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.impl.MemoryManagerImpl;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;

/**
 * Writes ORC files, for {@code FileSink.forBulkFormat}. Settings are ORC's own ({@code
 * orc.compress}, {@code orc.stripe.size}, …); without any, streams are compressed by Snappy.
 *
 * <p>All files that a subtask has open share one part of the heap for the stripes that are not
 * written yet: {@code orc.memory.pool} of it, a quarter if nothing is said, divided by the
 * processors. If the stripes of all open files are more than that, stripes become smaller. Confined
 * to its task.
 *
 * <p>ORC's writer takes its settings from a {@code Configuration} of Hadoop, whose classes a job
 * must bring: {@code org.apache.hadoop:hadoop-client-runtime}.
 */
/* The pool belongs to the factory, not to the class as ORC has it: what a failed task had open is
 * forgotten with its factory, and would weigh on every later file of the process otherwise. */
public class OrcBulkWriterFactory<T> implements BulkWriter.Factory<T> {
    private static final long serialVersionUID = 1L;

    private static final double DEFAULT_POOL = 0.25;
    private static final long MIN_POOL_BYTES = 1 << 20;

    private final Vectorizer<T> vectorizer;
    private final HashMap<String, String> settings;
    private transient MemoryManagerImpl memory;

    public OrcBulkWriterFactory(Vectorizer<T> vectorizer) {
        this(vectorizer, new Properties());
    }

    /**
     * @param configuration of which ORC's settings are taken, under their own or Hive's names
     */
    public OrcBulkWriterFactory(Vectorizer<T> vectorizer, Configuration configuration) {
        this(vectorizer, null, configuration);
    }

    /**
     * @param writerProperties settings by ORC's names, which go before the configuration's; may be
     *     null
     */
    public OrcBulkWriterFactory(
            Vectorizer<T> vectorizer, Properties writerProperties, Configuration configuration) {
        this(vectorizer, merged(writerProperties, configuration));
    }

    /**
     * @param writerProperties settings by ORC's names
     * @throws IllegalArgumentException if files are to be compressed in a way that ORC does not
     *     know
     */
    public OrcBulkWriterFactory(Vectorizer<T> vectorizer, Properties writerProperties) {
        this.vectorizer = Objects.requireNonNull(vectorizer, "vectorizer");
        this.settings = new HashMap<>();
        for (String name : writerProperties.stringPropertyNames()) {
            settings.put(name, writerProperties.getProperty(name));
        }
        settings.putIfAbsent(OrcConf.COMPRESS.getAttribute(), CompressionKind.SNAPPY.name());
        // Stripes are looked at after each batch, however large records are.
        settings.putIfAbsent(OrcConf.STRIPE_SIZE_CHECKRATIO.getAttribute(), "1.0");
        checkCompression(settings.get(OrcConf.COMPRESS.getAttribute()));
    }

    private static void checkCompression(String kind) {
        for (CompressionKind known : CompressionKind.values()) {
            if (known.name().equalsIgnoreCase(kind) && known != CompressionKind.BROTLI) {
                return;
            }
        }
        throw new IllegalArgumentException(
                "ORC files are not compressed by '"
                        + kind
                        + "': set "
                        + OrcConf.COMPRESS.getAttribute()
                        + " to NONE, ZLIB, SNAPPY, LZO, LZ4 or ZSTD.");
    }

    private static Properties merged(Properties properties, Configuration configuration) {
        Properties all = new Properties();
        for (OrcConf setting : OrcConf.values()) {
            String value = configuration.get(setting.getAttribute());
            if (value == null && setting.getHiveConfName() != null) {
                value = configuration.get(setting.getHiveConfName());
            }
            if (value != null) {
                all.setProperty(setting.getAttribute(), value);
            }
        }
        if (properties != null) {
            for (String name : properties.stringPropertyNames()) {
                all.setProperty(name, properties.getProperty(name));
            }
        }
        return all;
    }

    @Override
    public BulkWriter<T> create(FSDataOutputStream out) throws IOException {
        OrcFile.WriterOptions options = options();
        options.physicalWriter(
                new PhysicalFsWriter(
                        new org.apache.hadoop.fs.FSDataOutputStream(new FileOutput(out), null),
                        options,
                        new WriterEncryptionVariant[0]));
        // The path opens nothing: it is the name of the file among those that share the memory.
        Path name = new Path(UUID.randomUUID().toString());
        return new OrcBulkWriter<>(vectorizer, new WriterImpl(null, name, options));
    }

    private OrcFile.WriterOptions options() {
        Configuration configuration = HadoopClasses.configuration();
        settings.forEach(configuration::set);
        if (memory == null) {
            memory = new MemoryManagerImpl(poolBytes());
        }
        OrcFile.WriterOptions options =
                OrcFile.writerOptions(configuration)
                        .setSchema(vectorizer.getSchema())
                        .memory(memory);
        if (vectorizer instanceof RecordVectorizer<T>) {
            options.useUTCTimestamp(true).setProlepticGregorian(true);
        }
        return options;
    }

    private long poolBytes() {
        String share = settings.get(OrcConf.MEMORY_POOL.getAttribute());
        double pool = share == null ? DEFAULT_POOL : Double.parseDouble(share);
        Runtime process = Runtime.getRuntime();
        return Math.max(
                MIN_POOL_BYTES,
                (long) (pool * process.maxMemory() / process.availableProcessors()));
    }
}
