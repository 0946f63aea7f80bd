package io.millrace.savepoint;

import io.millrace.api.fault.FaultPoint;
import io.millrace.runtime.checkpoint.GrowingTable;
import io.millrace.runtime.checkpoint.Manifest;
import io.millrace.runtime.checkpoint.Manifest.OperatorEntry;
import io.millrace.runtime.checkpoint.Manifest.SubtaskEntry;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.checkpoint.WorkerTables;
import io.millrace.savepoint.SavepointManifest.Operator;
import io.millrace.savepoint.SavepointManifest.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of one worker in one savepoint. Confined to one thread at a time. */
final class TablesOfWorker implements WorkerTables {
    private static final Logger LOG = LoggerFactory.getLogger(TablesOfWorker.class);

    private final TableTarget target;
    private final List<SubtaskTable> growing = new ArrayList<>();
    private ExecutorService threads; // null before the first table that grows

    TablesOfWorker(TableTarget target) {
        this.target = target;
    }

    @Override
    public GrowingTable begin(OperatorEntry operator, int subtask, StatePart part) {
        TableState state = new TableState(operator, List.of(subtask), List.of(part));
        KeyedForm form = (KeyedForm) state.form();
        int count = target.writers();
        if (threads == null) {
            threads = Executors.newFixedThreadPool(count, TablesOfWorker::thread);
        }
        SubtaskTable table =
                new SubtaskTable(
                        state,
                        form,
                        TablePaths.directory(operator.id(), state.kind(), state.name(), 1),
                        target,
                        threads,
                        count);
        growing.add(table);
        return table;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "savepoint-tables");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public byte[] finish(Manifest share, SegmentSource segments) throws IOException {
        OperatorTables rest = new OperatorTables(share, segments, target, 0);
        List<Operator> operators = new ArrayList<>();
        for (OperatorEntry entry : share.operators()) {
            Operator written = finish(entry, rest);
            operators.add(written);
            if (!written.tables().isEmpty()) {
                FaultPoint.TABLES_HALF_WRITTEN.hit();
            }
        }
        if (threads != null) {
            threads.shutdown();
        }
        FaultPoint.TABLES_WRITTEN.hit();
        return TableShare.of(share, segments, operators).toBytes();
    }

    private Operator finish(OperatorEntry entry, OperatorTables rest) throws IOException {
        List<Table> begun = new ArrayList<>();
        for (SubtaskTable each : growing) {
            if (each.operator().equals(entry.id())) {
                begun.add(each.finish());
            }
        }
        OperatorEntry others = withoutBegun(entry);
        MergedTables merged =
                new MergedTables(
                        entry.id(),
                        begun,
                        TableState.of(others).stream().map(TableState::identity).toList());
        merged.settle(target);
        return merged.with(rest.write(others, merged.identities()));
    }

    private OperatorEntry withoutBegun(OperatorEntry entry) {
        List<SubtaskEntry> subtasks = new ArrayList<>();
        for (int subtask = 0; subtask < entry.subtasks().size(); subtask++) {
            SubtaskEntry each = entry.subtasks().get(subtask);
            List<StatePart> parts = new ArrayList<>();
            for (StatePart part : each.parts()) {
                if (!isBegun(entry.id(), subtask, part)) {
                    parts.add(part);
                }
            }
            subtasks.add(new SubtaskEntry(each.finished(), parts, each.channels()));
        }
        return new OperatorEntry(
                entry.id(), entry.name(), entry.parallelism(), entry.maxParallelism(), subtasks);
    }

    private boolean isBegun(String operator, int subtask, StatePart part) {
        return growing.stream().anyMatch(each -> each.isOf(operator, subtask, part));
    }

    @Override
    public void abandon() {
        if (threads != null) {
            growing.forEach(SubtaskTable::giveUp);
            threads.shutdown();
            awaitThreads();
            growing.forEach(TablesOfWorker::close);
        }
        TableRemoval.remove(target.files(), target.directory(), target.begun());
    }

    /** Each of them ends with the row group that it is at. */
    private void awaitThreads() {
        try {
            while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn(
                        "Tables of a savepoint that was given up are still being written."
                                + " path={}",
                        target.directory());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(SubtaskTable table) {
        try {
            table.close();
        } catch (IOException | RuntimeException e) {
            LOG.debug("A file that is removed did not close.", e);
        }
    }
}
