import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import type { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';

/** Properties for `AlarmTopic`. */
export interface AlarmTopicProps {
  /** What the topic's generated name begins with. */
  readonly name: string;

  /** Who gets the alarms. AWS asks that address for consent first. */
  readonly email: string;

  /**
   * Key that encrypts messages at rest.
   *
   * @default - AWS's own key
   */
  readonly dataKeyArn?: string;

  /**
   * Provider of the region whose alarms it takes.
   *
   * @default - the stack's own
   */
  readonly provider?: TerraformProvider;
}

/** Where a portal's alarms go. */
export class AlarmTopic extends Construct {
  public readonly arn: string;

  constructor(scope: Construct, id: string, { name, email, dataKeyArn, provider }: AlarmTopicProps) {
    super(scope, id);

    const topic = new SnsTopic(this, 'Resource', {
      namePrefix: `${name}-alarms-`,
      kmsMasterKeyId: dataKeyArn,
      provider,
    });
    new SnsTopicSubscription(this, 'email', { topicArn: topic.arn, protocol: 'email', endpoint: email, provider });
    this.arn = topic.arn;
  }
}
