package io.millrace.api.stream;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.type.TypeInformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The operators of a program while it is written. Confined to the thread of {@code main()}. */
final class Drafts {
    private final StreamExecutionEnvironment owner;
    private final List<Draft> drafts = new ArrayList<>();
    private int lastId;

    Drafts(StreamExecutionEnvironment owner) {
        this.owner = owner;
    }

    int nextId() {
        lastId++;
        return lastId;
    }

    /**
     * Takes out those of {@code some} whose records go nowhere; they come back with whatever reads
     * them.
     */
    void dropUnread(Set<Draft> some) {
        Set<Draft> read = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = drafts.size() - 1; i >= 0; i--) { // inputs come before what reads them
            Draft draft = drafts.get(i);
            if (some.contains(draft) && !read.contains(draft)) {
                drafts.remove(i);
            } else {
                draft.inputs.forEach(input -> input.forEach(branch -> read.add(branch.source())));
            }
        }
    }

    /** In the order in which they came; the list itself. */
    List<Draft> all() {
        return drafts;
    }

    /** Ids go on where they were. */
    void clear() {
        drafts.clear();
    }

    Draft add(
            String name,
            OperatorSpec spec,
            TypeInformation<?> outputType,
            List<List<Draft.Branch>> inputs) {
        inputs.forEach(this::includeSources);
        Draft draft = new Draft(nextId(), name, spec, outputType, inputs);
        own(draft);
        return draft;
    }

    /** Adds an operator with the inputs that it has now; one that is there stays as it is. */
    void add(Transformation<?> transformation) {
        if (transformation instanceof OwnTransformation<?> own && !own.draft().isComplete()) {
            own.getInputs().forEach(this::add);
            own.getInputs().forEach(input -> includeSources(input.branches()));
            own.complete(nextId());
            own(own.draft());
        }
        transformation.branches().forEach(branch -> requireOwn(branch.source()));
    }

    private void own(Draft draft) {
        draft.owner = owner;
        drafts.add(draft);
    }

    /** Makes operators of an earlier program part of this one, with all that leads to them. */
    void includeSources(List<Draft.Branch> branches) {
        branches.forEach(branch -> include(branch.source()));
    }

    private void include(Draft draft) {
        requireOwn(draft);
        if (drafts.contains(draft)) {
            return;
        }
        if (draft.cache != null) {
            draft.cache.use();
        }
        draft.inputs.forEach(this::includeSources);
        drafts.add(draft);
        if (draft.cache != null && draft.cache.sink() != null) {
            drafts.add(draft.cache.sink());
        }
    }

    private void requireOwn(Draft draft) {
        if (draft.owner != owner) {
            throw new IllegalArgumentException(
                    "'"
                            + draft.name
                            + "' belongs to the program of another environment. Make all streams of"
                            + " a program with one environment.");
        }
    }
}
