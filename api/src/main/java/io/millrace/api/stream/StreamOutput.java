package io.millrace.api.stream;

import io.millrace.api.stream.Draft.Branch;
import java.util.List;

/** The transformation behind a stream: what comes out of operators that are in the graph. */
final class StreamOutput<T> extends PhysicalTransformation<T> {
    private final List<Branch> branches;

    StreamOutput(List<Branch> branches) {
        super(branches.size() == 1 ? branches.get(0).source() : null);
        this.branches = List.copyOf(branches);
    }

    @Override
    List<Branch> branches() {
        return branches;
    }
}
