package io.github.rq4j.codec.pickle;

import io.github.rq4j.codec.ValuePath;
import io.github.rq4j.codec.python.PythonObject;
import org.jspecify.annotations.Nullable;

/**
 * A generic object: what is called, the arguments, then the items and the state to add. Each step
 * is begun once the one before it is complete.
 */
final class OpenObject extends OpenValue {
  private enum Step {
    CALLABLE,
    ARGS,
    KEYWORDS,
    MAKE,
    LIST_ITEMS,
    DICT_ITEMS,
    SETTER,
    STATE,
    BUILD,
    END
  }

  private final Object identity;
  private final PythonObject object;
  private final ObjectRecipe recipe;
  private Step step = Step.CALLABLE;
  private int nextArg;

  /**
   * Opens an object.
   *
   * @param identity what later references to the object are told by: the value that it is of
   */
  OpenObject(Object identity, PythonObject object, ObjectRecipe recipe) {
    this.identity = identity;
    this.object = object;
    this.recipe = recipe;
  }

  @Override
  boolean proceed(PickleWriter writer) {
    boolean complete = true;
    while (complete && step != Step.END) {
      complete = proceedStep(writer);
    }
    return complete;
  }

  /** Does one step, or as much of it as there is to do before a part has to be completed. */
  private boolean proceedStep(PickleWriter writer) {
    return switch (step) {
      case CALLABLE -> then(Step.ARGS, recipe.writeCallable(writer));
      case ARGS -> proceedArgs(writer);
      case KEYWORDS ->
          then(Step.MAKE, recipe.keywords() == null || writer.openTemporaryDict(recipe.keywords()));
      case MAKE -> {
        recipe.make(writer);
        boolean isNew = writer.opcodes().memoizeUnlessKnown(identity);
        yield then(isNew ? Step.LIST_ITEMS : Step.END, true);
      }
      case LIST_ITEMS ->
          then(
              Step.DICT_ITEMS,
              !object.hasListItems()
                  || writer.open(OpenItems.ofList(object.listItems().toArray(), false)));
      case DICT_ITEMS ->
          then(
              object.hasState() ? Step.SETTER : Step.END,
              !object.hasDictItems()
                  || writer.open(
                      OpenItems.ofDict(
                          MapEntries.of(object.dictItems(), writer.mappings()), false)));
      case SETTER -> then(Step.STATE, object.setter() == null || writer.write(object.setter()));
      case STATE -> then(Step.BUILD, proceedState(writer));
      case BUILD -> {
        build(writer.opcodes());
        yield then(Step.END, true);
      }
      case END -> true;
    };
  }

  private boolean then(Step next, boolean complete) {
    step = next;
    return complete;
  }

  private boolean proceedState(PickleWriter writer) {
    if (object.setter() != null) {
      writer.write(identity);
    }
    return writer.write(object.state());
  }

  /** Applies the state that was written after the object. */
  private void build(OpcodeWriter opcodes) {
    if (object.setter() == null) {
      opcodes.put(Op.BUILD);
    } else {
      opcodes.put(Op.TUPLE2);
      opcodes.put(Op.REDUCE);
      opcodes.put(Op.POP);
    }
  }

  private boolean proceedArgs(PickleWriter writer) {
    @Nullable Object[] args = recipe.args();
    if (nextArg == 0) {
      recipe.beginArgs(writer);
    }
    while (nextArg < args.length) {
      if (!writer.write(args[nextArg++])) {
        return false;
      }
    }
    recipe.endArgs(writer);
    step = Step.KEYWORDS;
    return true;
  }

  @Override
  void describe(ValuePath path) {
    if (step == Step.ARGS && nextArg > 0) {
      path.part("args");
      path.element(nextArg - 1);
    } else if (step == Step.STATE || step == Step.BUILD) {
      path.part("state");
    }
  }
}
