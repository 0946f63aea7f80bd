package io.millrace.connector.jdbc.source;

import io.millrace.api.source.Boundedness;
import io.millrace.api.source.ListSerializer;
import io.millrace.api.source.QueueEnumerator;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.source.Source;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.source.SplitEnumerator;
import io.millrace.api.source.SplitEnumeratorContext;
import io.millrace.api.type.JavaForm;
import io.millrace.api.type.ResultTypeQueryable;
import io.millrace.api.type.TypeInformation;
import io.millrace.connector.jdbc.split.JdbcParameterValuesProvider;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Reads the rows of a query once, in as many splits as there are arrays of parameters. Immutable.
 *
 * <p>Guarantees and limits: {@code docs/connectors/jdbc.md}.
 */
public final class JdbcSource<OUT>
        implements Source<OUT, JdbcSourceSplit, Collection<JdbcSourceSplit>>,
                ResultTypeQueryable<OUT> {
    private static final long serialVersionUID = 1L;

    private final QuerySettings<OUT> settings;
    private final TypeInformation<OUT> type;
    // Null for a query without parameters.
    private final JdbcParameterValuesProvider parameters;

    JdbcSource(
            QuerySettings<OUT> settings,
            TypeInformation<OUT> type,
            JdbcParameterValuesProvider parameters) {
        this.settings = settings;
        this.type = type;
        this.parameters = parameters;
    }

    public static <OUT> JdbcSourceBuilder<OUT> builder() {
        return new JdbcSourceBuilder<>();
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public TypeInformation<OUT> getProducedType() {
        return type;
    }

    @Override
    public SplitEnumerator<JdbcSourceSplit, Collection<JdbcSourceSplit>> createEnumerator(
            SplitEnumeratorContext<JdbcSourceSplit> enumContext) {
        List<JdbcSourceSplit> splits = new ArrayList<>();
        if (parameters == null) {
            splits.add(new JdbcSourceSplit(0, null, 0));
        } else {
            for (Serializable[] each : parameters.getParameterValues()) {
                splits.add(new JdbcSourceSplit(splits.size(), each.clone(), 0));
            }
        }
        return new QueueEnumerator<>(enumContext, splits);
    }

    @Override
    public SplitEnumerator<JdbcSourceSplit, Collection<JdbcSourceSplit>> restoreEnumerator(
            SplitEnumeratorContext<JdbcSourceSplit> enumContext,
            Collection<JdbcSourceSplit> checkpoint) {
        return new QueueEnumerator<>(enumContext, checkpoint);
    }

    @Override
    public SourceReader<OUT, JdbcSourceSplit> createReader(SourceReaderContext readerContext) {
        return JdbcSourceReader.of(readerContext, settings);
    }

    @Override
    public SimpleVersionedSerializer<JdbcSourceSplit> getSplitSerializer() {
        return new JavaForm<>(JdbcSourceSplit.class);
    }

    @Override
    public SimpleVersionedSerializer<Collection<JdbcSourceSplit>>
            getEnumeratorCheckpointSerializer() {
        return new ListSerializer<>(getSplitSerializer());
    }
}
